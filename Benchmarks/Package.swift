// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody resolves or builds it by accident. `Benchmarks/run` does all there is to do.
let package = Package(
  name: "sluice-benchmarks",
  dependencies: [.package(name: "sluice", path: "..")],
  targets: [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .executableTarget(name: "bare-loop", dependencies: ["CYAML"]),
    .executableTarget(name: "fake-provider"),
    .executableTarget(name: "load"),
    .executableTarget(
      name: "acl-benchmark", dependencies: [.product(name: "VaultPolicy", package: "sluice")]),
    .executableTarget(
      name: "benchmark",
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
