import Compiler
import Foundation
import SluiceTestSupport
import Testing
import Validators

/// Each environment as a kustomize overlay.
@Suite struct `Kustomize overlays` {
  private static let cases = GoldenCase.all.filter { $0.kind == "valid" }

  @Test func `the base and each environment have a folder in each target's folder`() throws {
    let compilation = try Self.compile(text: Sample.litellm)
    #expect(compilation.artifact("kubernetes/base/deployment.yaml") != nil)
    #expect(compilation.artifact("vault/base/setup.sh") != nil)
    #expect(compilation.artifact("vault/overlays/staging/setup.sh") != nil)
    #expect(compilation.artifact("litellm/overlays/staging/config.yaml") != nil)
    let overlay = try #require(compilation.artifact("kubernetes/overlays/staging/ingress-litellm.patch.yaml"))
    #expect(
      overlay.bytes
        == Array(
          """
          # Compiled by sluice from gateway.yaml, environment staging; change that and compile again.
          - op: replace
            path: /spec/tls/0/hosts/0
            value: litellm.staging.example.com
          - op: replace
            path: /spec/rules/0/host
            value: litellm.staging.example.com

          """.utf8), "\(String(decoding: overlay.bytes, as: UTF8.self))")
  }

  /// A kubectl of Kubernetes 1.21 or newer; older ones hold a kustomize that knows no `patches`.
  @Test(.enabled(if: Kubectl.knowsPatches, "no kubectl of 1.21 or newer is here"))
  func `kubectl builds each overlay to what a compile of the environment gives`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-overlays-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var count = 0
    for testCase in Self.cases {
      let variants = try testCase.validated()
      let overlays = folder.appending(path: testCase.name)
      try ArtifactWriter().write(
        Compiler.compile(
          variants[0].spec, overlays: variants.dropFirst().map(\.spec), targets: CompilationTargets.all
        ).artifacts, to: overlays.path)
      for (environment, spec) in variants {
        let direct = folder.appending(path: "\(testCase.name)-\(environment ?? "base")-direct")
        try ArtifactWriter().write(Compiler.compile(spec).artifacts, to: direct.path)
        let place = environment.map { "kubernetes/overlays/\($0)" } ?? "kubernetes/base"
        let built = try Kubectl.build(overlays.appending(path: place))
        #expect(
          try built == Kubectl.build(direct.appending(path: "kubernetes")), "\(testCase) \(environment ?? "base")")
        #expect(built.count > 5)
        count += environment == nil ? 0 : 1
      }
    }
    #expect(count >= 4)
  }

  private static func compile(text: String) throws -> Compilation {
    let base = try CompiledSpec(text)
    return Compiler.compile(base.validated, overlays: [try CompiledSpec(text, environment: "staging").validated])
  }
}

/// The command `kubectl`, for its kustomize.
enum Kubectl {
  static let knowsPatches: Bool = {
    guard let result = try? run(["version", "--client", "--output=json"]), result.status == 0,
      let minor = result.output.firstMatch(of: /"minor": "([0-9]+)/).flatMap({ Int($0.output.1) })
    else { return false }
    return minor >= 21
  }()

  /// The manifests of a kustomization, sorted: a build has no order that matters.
  static func build(_ folder: URL) throws -> [String] {
    let result = try run(["kustomize", folder.path])
    #expect(result.status == 0, "\(result.output)")
    return result.output.components(separatedBy: "\n---\n")
      .map { $0.trimmingCharacters(in: .newlines) }.sorted()
  }

  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["kubectl"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
