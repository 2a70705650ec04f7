import Foundation
import Testing

@testable import GatewaySpec

private let vectorFile = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "../shared/vectors/eso-paths.json").standardized

/// The vectors that stand beside the repository, as the operator's own JSON type reads them.
private let vectors: SecretJSON = {
  let file = vectorFile
  guard let text = try? String(contentsOf: file, encoding: .utf8), let json = SecretJSON(parsing: text) else {
    Issue.record("cannot read \(file.path)")
    return .null
  }
  return json
}()

extension SecretJSON {
  fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }
  fileprivate var array: [SecretJSON] { if case .array(let elements) = self { elements } else { [] } }
  fileprivate var strings: [String] { array.compactMap(\.string) }
  fileprivate var isTrue: Bool { self == .bool(true) }
}

private func path(_ vector: SecretJSON, _ pathKey: String) -> ExternalSecretsPath {
  ExternalSecretsPath(
    storePath: vector[pathKey]?.string, version: vector["version"]?.string.flatMap { .init(rawValue: $0) } ?? .v2)
}

@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: vectorFile.path),
    "the vectors stand in ../shared, which is not here"))
struct ExternalSecretsPathTests {
  @Test func `keys become the paths that the operator asks for`() {
    let cases = vectors["path_vectors"]?.array ?? []
    #expect(cases.count >= 33)
    for vector in cases {
      let store = path(vector, "path")
      let key = vector["key"]?.string ?? ""
      let read = store.read(key)
      #expect(read == vector["data_path"]?.string, "\(vector.text)")
      #expect("/v1/" + ExternalSecretsPath.cleaned(read) == vector["data_http_path"]?.string, "\(vector.text)")
      if let twice = vector["data_path_when_built_twice"]?.string { #expect(store.read(read) == twice) }
      let metadata = try? store.metadata(key)
      #expect(metadata == vector["metadata_path"]?.string, "\(vector.text)")
      let http = metadata.map { "/v1/" + ExternalSecretsPath.cleaned($0) }
      #expect(http == vector["metadata_http_path"]?.string, "\(vector.text)")
      #expect((metadata == nil) == (vector["metadata_error"] != nil), "\(vector.text)")
    }
  }

  @Test func `find goes through a folder at its place among the secrets beside it`() throws {
    let store = ExternalSecretsPath(storePath: "litellm")
    let finding = try store.find(path: nil, in: ["b", "a/x", "a/c/y", "a", "a-b"])
    #expect(finding.names == ["a", "a-b", "a/c/y", "a/x", "b"])
    #expect(finding.listed == ["litellm/metadata/", "litellm/metadata/a/", "litellm/metadata/a/c/"])
  }

  @Test func `find lists folders and reads secrets in the order of the operator`() {
    let cases = vectors["find_vectors"]?.array ?? []
    #expect(cases.count >= 6)
    for vector in cases {
      let store = path(vector, "store_path")
      let finding = try? store.find(path: vector["find_path"]?.string, in: vector["vault_keys"]?.strings ?? [])
      if vector["error"] != nil {
        #expect(finding.map(\.isFolderMissing) ?? true, "\(vector.text)")
        continue
      }
      #expect(finding?.isFolderMissing == false)
      #expect(finding?.listed == vector["list_requests"]?.strings, "\(vector.text)")
      #expect(finding?.read == vector["read_requests"]?.strings, "\(vector.text)")
      #expect(finding?.names == vector["names"]?.strings, "\(vector.text)")
      let keys = ExternalSecretsConversion.keys(for: finding?.names ?? [], strategy: .default)
      #expect(keys == vector["secret_keys_default_conversion"]?.strings, "\(vector.text)")
    }
  }

  @Test func `references become exactly the requests that policies must allow`() throws {
    let uses: [String: [ExternalSecretsPath.Use]] = [
      "data": [.data], "metadata": [.metadata], "data+metadata": [.data, .metadata], "push": [.push],
    ]
    for vector in vectors["scope_vectors"]?.array ?? [] {
      let store = path(vector["store"] ?? .null, "path")
      var requests: [ExternalSecretsRequest] = []
      for reference in vector["refs"]?.array ?? [] {
        for use in try #require(uses[reference["use"]?.string ?? "data"]) {
          requests += try store.requests(for: reference["key"]?.string ?? "", use: use)
        }
      }
      let expected = vector["requests"]?.array.map { "\($0["op"]?.string ?? "") \($0["path"]?.string ?? "")" } ?? []
      #expect(requests.map { "\($0.operation.rawValue) \($0.path)" } == expected, "\(vector["id"]?.string ?? "?")")
    }
  }

  @Test func `a push that deletes needs delete on both paths, and v1 refuses metadata`() throws {
    let store = ExternalSecretsPath(storePath: "litellm")
    let requests = try store.requests(for: "a", use: .pushAndDelete)
    #expect(requests.filter { $0.operation == .delete }.map(\.path) == ["litellm/data/a", "litellm/metadata/a"])
    let old = ExternalSecretsPath(storePath: "litellm", version: .v1)
    #expect(throws: ExternalSecretsPath.PathError.metadataNeedsKV2) { try old.requests(for: "a", use: .metadata) }
    #expect(try old.requests(for: "a", secretVersion: "3").first?.secretVersion == "3")
  }
}

@Suite struct ExternalSecretsPropertyTests {
  @Test func `properties are looked up as by the operator`() throws {
    let rules: [String: ExternalSecretsProperty.Rule] = ["whole": .whole, "literal key": .literalKey, "gjson": .path]
    let cases = vectors["property_vectors"]?.array ?? []
    #expect(cases.count >= 35)
    for vector in cases {
      let secret = try #require(SecretJSON(parsing: vector["secret"]?.string ?? ""))
      let match = ExternalSecretsProperty.lookUp(vector["property"]?.string, in: secret)
      let context = "\(vector["property"]?.string ?? "") in \(secret.text)"
      #expect(match?.value == vector["value"]?.string, "\(context)")
      #expect(match?.rule == vector["rule"]?.string.flatMap { rules[$0] }, "\(context)")
    }
  }

  @Test(arguments: [
    ("1e3", "1000"), ("1.0", "1"), ("-2.50", "-2.5"), ("1e-3", "0.001"),
    ("12345678901234567890", "12345678901234567890"),
    ("1.5e20", "150000000000000000000"), ("1.25E-7", "0.000000125"), ("0.1", "0.1"), ("-0", "-0"), ("1E400", "1E400"),
  ])
  func `numbers found by a path are written plainly`(digits: String, expected: String) {
    #expect(SecretPath.formatted(digits) == expected)
  }

  @Test(arguments: [
    ("arr.#", "3"), ("arr.#.k", "[1,2]"), ("arr.#(k==2).n", "b"), ("arr.#(k>0)#.n", "[\"a\",\"b\"]"), ("arr|0|n", "a"),
    ("@keys", "[\"arr\",\"o\"]"), ("o.@values.1", "y"), ("o.?", "x"), ("o.q*", "y"),
    ("o|@reverse", "{\"qq\":\"y\",\"p\":\"x\"}"),
    ("{\"n\":o.p,o.qq}", "{\"n\":\"x\",\"qq\":\"y\"}"), ("arr.#(n)#|#", "2"),
  ])
  func `paths reach into lists and objects`(path: String, expected: String) throws {
    let secret = try #require(
      SecretJSON(parsing: #"{"arr":[{"k":1,"n":"a"},{"k":2,"n":"b"},"s"],"o":{"p":"x","qq":"y"}}"#))
    #expect(ExternalSecretsProperty.lookUp(path, in: secret)?.value == expected)
  }

  @Test func `no path and no text makes the reader fail`() {
    let alphabet = Array(#"a.b|#(=="1")[]{},@this\*?!0:"#)
    var random = SystemRandomNumberGenerator()
    let secret = SecretJSON(parsing: #"{"a":[1,{"b":"c"}],"b":{"a":null}}"#) ?? .null
    for _ in 0..<5000 {
      let text = String((0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet.randomElement() ?? "a" })
      _ = ExternalSecretsProperty.lookUp(text, in: secret)
      _ = SecretJSON(parsing: text)
    }
    let deep = String(repeating: "[", count: 100_000)
    #expect(SecretJSON(parsing: deep) == nil)
    #expect(ExternalSecretsProperty.lookUp(deep, in: secret) == nil)
  }

  @Test func `fetched metadata is custom metadata and three fields, and custom metadata wins`() {
    let cases = (vectors["metadata_vectors"]?.array ?? []).filter { $0["store_version"] == nil }
    let answer = cases.first?["vault_metadata"] ?? .null
    #expect(cases.count >= 2)
    for vector in cases {
      let secret = ExternalSecretsProperty.metadata(of: vector["vault_metadata"] ?? answer)
      #expect(ExternalSecretsProperty.lookUp(vector["property"]?.string, in: secret)?.value == vector["value"]?.string)
    }
  }
}

@Suite struct ExternalSecretsConversionTests {
  @Test func `names become keys, and collisions are found`() {
    for vector in vectors["conversion_vectors"]?.array ?? [] {
      guard let strategy = vector["strategy"]?.string.flatMap(ExternalSecretsConversion.KeyStrategy.init) else {
        continue
      }
      if vector["error"] != nil {
        #expect(ExternalSecretsConversion.keys(for: vector["keys"]?.strings ?? [], strategy: strategy) == nil)
      } else {
        let key = ExternalSecretsConversion.key(for: vector["key"]?.string ?? "", strategy: strategy)
        #expect(key == vector["result"]?.string)
      }
    }
    #expect(ExternalSecretsConversion.key(for: "a/b", strategy: .unicode) == "a_U002f_b")
  }

  @Test func `values are decoded as by the operator`() {
    for vector in vectors["decoding_vectors"]?.array ?? [] {
      let name = vector["strategy"]?.string ?? ""
      let strategy = ExternalSecretsConversion.DecodingStrategy(rawValue: name) ?? .none
      let decoded = ExternalSecretsConversion.decode(Array((vector["value"]?.string ?? "").utf8), strategy: strategy)
      if vector["error"]?.isTrue == true {
        #expect(decoded == nil)
      } else if let base64 = vector["result_base64"]?.string {
        #expect(decoded.map { Data($0).base64EncodedString() } == base64)
      } else {
        #expect(decoded.map { String(decoding: $0, as: UTF8.self) } == vector["result"]?.string)
      }
    }
  }

  @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar", "\u{0}\u{FF}\u{7F}~?"])
  func `base64 is decoded to what was encoded`(text: String) {
    let bytes = Array(text.utf8)
    let encoded = Array(Data(bytes).base64EncodedString().utf8)
    #expect(ExternalSecretsConversion.decode(encoded, strategy: .base64) == bytes)
    #expect(ExternalSecretsConversion.decode(encoded.dropLast() + [0x21], strategy: .base64) == nil)
  }
}
