import GatewaySpec
import SourceDiagnostics
import Testing
import Validators

@testable import GatewayRuntime

@Suite struct SnapshotPreparationTests {
  private static let keys = "  keys:\n    web: { key: { secret: web-key } }\n"
  private static let masterKey = "  masterKey: { secret: master-key }\n"

  /// Prepares a spec that no rule has looked at: what is tested here must hold by itself.
  private func prepare(auth: String, usesMock: Bool = false, secret: String? = "value") throws -> GatewayAccess {
    let text = """
      apiVersion: sluice/v1
      kind: Gateway
      metadata: { name: gateway, namespace: demo }
      engine: { type: sluice, image: "registry.example.com/sluice:v0.1.0" }
      auth:
      \(auth)
      secrets:
        delivery: environment
        entries:
          master-key: { env: MASTER_KEY }
          web-key: { env: WEB_KEY }
      providers:
        mock: { type: mock }
      models:
        demo:
          targets:
            - { provider: mock, model: demo }
      """
    var sources = SourceMap()
    let loaded = SpecLoader.load(bytes: Array(text.utf8), name: "gateway.yaml", into: &sources) { _ in
      .failure(SpecLoader.FileAccessError("no such file"))
    }
    let outcome = Validator.validate(loaded, rules: [])
    let spec = try #require(outcome.validated(), "\(outcome.diagnostics)")
    var options = ServeOptions()
    options.usesMock = usesMock
    return try GatewaySnapshot.prepare(spec, options: options, secrets: SecretSource { _ in secret }).access
  }

  private func codes(of body: () throws -> GatewayAccess) throws -> [Int] {
    let failure = try #require(throws: PreparationFailure.self) { _ = try body() }
    return failure.diagnostics.map(\.code.number)
  }

  @Test(arguments: [false, true])
  func `keys for clients that are not found do not leave the gateway open`(usesMock: Bool) throws {
    if usesMock {
      guard case .open = try prepare(auth: Self.keys, usesMock: true, secret: nil) else {
        Issue.record("the mock of a laptop asks for a key that nobody has")
        return
      }
    } else {
      #expect(try codes(of: { try prepare(auth: Self.keys, secret: nil) }) == [8901])
    }
  }

  @Test func `a master key that is not found does not leave the gateway open`() throws {
    #expect(try codes(of: { try prepare(auth: Self.masterKey, secret: nil) }) == [8901])
  }

  @Test func `two keys with one value are refused`() throws {
    #expect(try codes(of: { try prepare(auth: Self.masterKey + Self.keys) }) == [8904])
  }

  @Test func `one key is enough to close the gateway, and without any it is open`() throws {
    for auth in [Self.masterKey, Self.keys] {
      guard case .keys = try prepare(auth: auth) else {
        Issue.record("open with \(auth)")
        return
      }
    }
    guard case .open = try prepare(auth: "  {}") else {
      Issue.record("closed")
      return
    }
  }
}

@Suite struct SecretSourceTests {
  private func secret(file: [UInt8]?) throws -> String? {
    let source = SecretSource(readFile: { _ in file }, environment: { _ in "from the environment" })
    return try source.secret(in: EnvironmentVariableName(parsing: "API_KEY"))?.withExposedValue { $0 }
  }

  @Test func `a file comes before the environment, and its last line break is no part of the secret`() throws {
    #expect(try secret(file: Array("key\n".utf8)) == "key")
    #expect(try secret(file: []) == "from the environment")
    #expect(try secret(file: nil) == "from the environment")
  }

  @Test func `a file that is not UTF-8 is neither repaired nor passed over`() throws {
    #expect(try secret(file: [0x6B, 0xFF, 0x79]) == nil)
  }
}
