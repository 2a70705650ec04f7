// swift-tools-version: 6.2
import PackageDescription

// Targets stand from the ground floor to the roof: a target depends only on lower floors.
// ARCHITECTURE.md has the table, Tests/ArchitectureTests holds the imports to it.
let package = Package(
  name: "sluice",
  products: [
    .executable(name: "sluice", targets: ["sluice"]),
    .library(name: "VaultPolicy", targets: ["VaultPolicy"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
  ],
  targets: [
    // 0
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    // 1
    .target(name: "SourceDiagnostics"),
    // 2
    .target(name: "Emitters", dependencies: ["SourceDiagnostics"]),
    .target(name: "HTTP1", dependencies: [.product(name: "NIOCore", package: "swift-nio")]),
    .target(name: "VaultPolicy", dependencies: ["SourceDiagnostics"]),
    .target(name: "YAMLSyntax", dependencies: ["CLibYAML", "SourceDiagnostics"]),
    // 3
    .target(name: "GatewaySpec", dependencies: ["SourceDiagnostics", "VaultPolicy", "YAMLSyntax"]),
    // 4
    .target(name: "Validators", dependencies: ["GatewaySpec", "SourceDiagnostics", "VaultPolicy", "YAMLSyntax"]),
    // 5
    .target(
      name: "Compiler",
      dependencies: ["Emitters", "GatewaySpec", "SourceDiagnostics", "Validators", "VaultPolicy"]),
    .target(
      name: "GatewayRuntime",
      dependencies: [
        "GatewaySpec", "HTTP1", "SourceDiagnostics", "Validators",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      path: "Sources/Runtime"),
    // 6
    .target(
      name: "RuleDocumentation",
      dependencies: ["Compiler", "GatewayRuntime", "GatewaySpec", "SourceDiagnostics", "Validators"]),
    // 7
    .executableTarget(
      name: "sluice",
      dependencies: [
        "Compiler", "Emitters", "GatewayRuntime", "GatewaySpec", "RuleDocumentation", "SourceDiagnostics", "Validators",
        "VaultPolicy",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(
      name: "sluice-dev",
      dependencies: [
        "RuleDocumentation", "SluiceTestSupport", "SourceDiagnostics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // Beside the house: what tests and sluice-dev share.
    .target(
      name: "SluiceTestSupport",
      dependencies: ["Compiler", "SourceDiagnostics"]),
    // Tests, one target a floor.
    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "SourceDiagnosticsTests", dependencies: ["SourceDiagnostics"]),
    .testTarget(name: "EmittersTests", dependencies: ["Emitters", "SourceDiagnostics"]),
    .testTarget(name: "HTTP1Tests", dependencies: ["HTTP1", .product(name: "NIOCore", package: "swift-nio")]),
    .testTarget(name: "VaultPolicyTests", dependencies: ["SourceDiagnostics", "VaultPolicy"]),
    .testTarget(name: "YAMLSyntaxTests", dependencies: ["SourceDiagnostics", "YAMLSyntax"]),
    .testTarget(
      name: "GatewaySpecTests",
      dependencies: ["GatewaySpec", "SourceDiagnostics", "VaultPolicy", "YAMLSyntax"]),
    .testTarget(
      name: "ValidatorsTests",
      dependencies: ["GatewaySpec", "SluiceTestSupport", "SourceDiagnostics", "Validators", "VaultPolicy"]),
    .testTarget(
      name: "CompilerTests",
      dependencies: [
        "Compiler", "Emitters", "GatewaySpec", "SluiceTestSupport", "SourceDiagnostics", "Validators",
        "VaultPolicy", "YAMLSyntax",
      ]),
    .testTarget(
      name: "GatewayRuntimeTests",
      dependencies: [
        "GatewayRuntime", "GatewaySpec", "HTTP1", "SluiceTestSupport", "SourceDiagnostics", "Validators",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ], exclude: ["Fixtures"]),
    .testTarget(name: "CommandLineTests", dependencies: ["SluiceTestSupport", "sluice"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
  ]
}
