import Foundation
import GatewaySpec
import NIOCore
import SluiceTestSupport
import Testing

@testable import GatewayRuntime

/// Runs every folder under `Fixtures`: adding a case is adding a folder.
///
/// `Fixtures/<client>-<provider>/<case>/` holds some of these, each pair a test of its own:
///
/// | in | out |
/// |---|---|
/// | `request.in.json` | `request.out.json`, or `request.error.json` if it must be refused |
/// | `response.in.json` | `response.out.json` |
/// | `stream.in.sse`, for Bedrock `stream.in.jsonl` with an event a line | `stream.out.sse` |
/// | `error.STATUS.in.json` | `error.STATUS.out.json` |
///
/// `case.json` may name the provider's `model`. With `UPDATE_GOLDEN=1` what comes out is recorded; the run then fails.
@Suite struct TranslationFixtureTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let folder: URL
    var testDescription: String {
      "\(folder.deletingLastPathComponent().lastPathComponent)/\(folder.lastPathComponent)"
    }
  }

  static let root = RepositoryLayout.root.appending(path: "Tests/GatewayRuntimeTests/Fixtures")

  static let cases: [Case] = {
    let files = FileManager.default
    let pairs = (try? files.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)) ?? []
    return pairs.flatMap { pair in
      ((try? files.contentsOfDirectory(at: pair, includingPropertiesForKeys: nil)) ?? []).map(Case.init)
    }.sorted { $0.folder.path < $1.folder.path }
  }()

  @Test(arguments: cases)
  func `translates as the fixture says`(fixture: Case) throws {
    let run = try FixtureRun(fixture.folder)
    try run.checkRequest()
    try run.checkResponse()
    try run.checkStream()
    try run.checkErrors()
    #expect(run.checked > 0, "the folder has no fixture")
  }

  @Test func `there are fixtures`() {
    #expect(Self.cases.count > 0)
  }
}

/// One folder of fixtures.
private final class FixtureRun {
  private let folder: URL
  private let client: ClientDialect
  private let endpoint: UpstreamEndpoint
  private(set) var checked = 0

  private struct Options: Decodable {
    var model: String?
  }

  init(_ folder: URL) throws {
    self.folder = folder
    let pair = folder.deletingLastPathComponent().lastPathComponent.split(separator: "-", maxSplits: 1).map(String.init)
    client = pair.first == "anthropic" ? .anthropic : .openAI
    let provider = try #require(pair.last.flatMap { ProviderCatalog.descriptor($0) }, "no such provider: \(pair)")
    var options = Options()
    if let data = try? Data(contentsOf: folder.appending(path: "case.json")) {
      options = try JSONDecoder().decode(Options.self, from: data)
    }
    let models: [ProviderDescriptor.Dialect: String] = [
      .openAI: "gpt-5-mini", .anthropic: "claude-sonnet-4-5", .gemini: "gemini-2.5-flash",
      .bedrock: "anthropic.claude-sonnet-4-5-v1:0",
    ]
    endpoint = UpstreamEndpoint(
      provider: provider, origin: UpstreamOrigin(scheme: .https, host: "api.example.com"), pathPrefix: "",
      model: options.model ?? models[provider.dialect] ?? "model")
  }

  private var operation: InferenceOperation { client == .anthropic ? .messages : .chat }
  private let identity = AnswerIdentity(
    encodedModel: JSONText.encode("public"), id: "gateway-id", created: 1_700_000_000)

  private func read(_ name: String) -> String? {
    try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// Compares, or records. JSON is compared byte by byte but for white space.
  private func expect(_ name: String, _ output: String) throws {
    checked += 1
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      let text = name.hasSuffix(".json") ? try Self.indented(output) : output
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
      Issue.record("recorded \(name)")
      return
    }
    let expected = try #require(read(name), "\(name) is missing")
    #expect(output == (name.hasSuffix(".json") ? try Self.compact(expected) : expected), "\(name)")
  }

  /// JSON without white space between its parts, otherwise byte by byte.
  static func compact(_ text: String) throws -> String {
    let tree = try JSONTree(ByteBuffer(string: text))
    var output = JSONOutput()
    output.copy(tree.root, of: tree)
    return String(buffer: output.buffer)
  }

  /// JSON with a member or element a line, otherwise byte by byte.
  static func indented(_ text: String) throws -> String {
    var output = ""
    var depth = 0
    var isInString = false
    var isEscaped = false
    let characters = Array(try compact(text).unicodeScalars)
    for (index, character) in characters.enumerated() {
      if isInString {
        output.unicodeScalars.append(character)
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isInString = false
        }
        continue
      }
      let line = { (depth: Int) in "\n" + String(repeating: "  ", count: depth) }
      switch character {
      case "{", "[":
        output.unicodeScalars.append(character)
        depth += 1
        if characters[index + 1] != "}", characters[index + 1] != "]" { output += line(depth) }
      case "}", "]":
        depth -= 1
        if characters[index - 1] != "{", characters[index - 1] != "[" { output += line(depth) }
        output.unicodeScalars.append(character)
      case ",": output += "," + line(depth)
      case ":": output += ": "
      default:
        isInString = character == "\""
        output.unicodeScalars.append(character)
      }
    }
    return output + "\n"
  }

  /// The request, or a plain one where a fixture has none.
  private func request() throws -> ClientRequest {
    let text = read("request.in.json") ?? #"{"model":"public","messages":[]}"#
    return try ClientRequest.parse(ByteBuffer(string: text), for: operation)
  }

  private func plan(isStream: Bool) -> AnswerPlan {
    guard var request = try? request() else {
      return AnswerPlan(
        client: client, upstream: endpoint.dialect, operation: operation, isStream: isStream, reportsUsage: true)
    }
    request.stream = isStream
    if read("request.in.json") == nil { request.includeUsage = true }
    if let plan = try? request.translated(for: endpoint, now: 0).plan { return plan }
    return AnswerPlan(
      client: client, upstream: endpoint.dialect, operation: operation, isStream: isStream, reportsUsage: true)
  }

  func checkRequest() throws {
    guard read("request.in.json") != nil else { return }
    do {
      let translated = try request().translated(for: endpoint, now: 0)
      let body = translated.body.map { String(buffer: $0) }.joined()
      try expect(
        "request.out.json",
        endpoint.dialect == .openAI && client == .openAI || endpoint.dialect == .anthropic && client == .anthropic
          ? try Self.compact(body) : body)
    } catch let error as GatewayError {
      try expect("request.error.json", String(decoding: client.body(of: error, requestID: "request-id"), as: UTF8.self))
    }
  }

  func checkResponse() throws {
    guard let text = read("response.in.json") else { return }
    var translator = try AnswerTranslator(
      plan(isStream: false), identity, media: .json, isEncoded: false)
    let (output, failure) = Self.run(&translator, [ByteBuffer(string: text)])
    #expect(failure == nil)
    try expect("response.out.json", translator.isPassing ? try Self.compact(output) : output)
  }

  /// Streams come cut at any place: whole, byte by byte, and in two pieces at every place.
  func checkStream() throws {
    guard let (bytes, media) = try stream() else { return }
    let plan = plan(isStream: true)
    func translate(_ pieces: [ByteBuffer]) throws -> String {
      var translator = try AnswerTranslator(plan, identity, media: media, isEncoded: false)
      let (output, failure) = Self.run(&translator, pieces)
      guard let failure else { return output }
      return output + String(decoding: client.streamEnd(of: failure, requestID: "request-id"), as: UTF8.self)
    }
    let whole = try translate([ByteBuffer(bytes: bytes)])
    try expect("stream.out.sse", whole)
    #expect(try translate(bytes.map { ByteBuffer(bytes: [$0]) }) == whole, "byte by byte")
    for place in 1..<bytes.count {
      let pieces = [ByteBuffer(bytes: bytes[..<place]), ByteBuffer(bytes: bytes[place...])]
      #expect(try translate(pieces) == whole, "cut at \(place)")
    }
  }

  private func stream() throws -> (bytes: [UInt8], media: AnswerMedia)? {
    if let text = read("stream.in.sse") { return (Array(text.utf8), .events) }
    guard let text = read("stream.in.jsonl") else { return nil }
    return (try text.split(separator: "\n").flatMap { try AmazonFrames.frame(line: String($0)) }, .amazonEvents)
  }

  private static func run(
    _ translator: inout AnswerTranslator, _ pieces: [ByteBuffer]
  ) -> (output: String, failure: GatewayError?) {
    var output = ""
    for piece in pieces {
      let result = translator.feed(piece)
      if let bytes = result.bytes { output += String(buffer: bytes) }
      if let failure = result.failure { return (output, failure) }
    }
    let result = translator.finish()
    if let bytes = result.bytes { output += String(buffer: bytes) }
    return (output, result.failure)
  }

  func checkErrors() throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names.sorted() where name.hasPrefix("error.") && name.hasSuffix(".in.json") {
      let status = try #require(name.split(separator: ".").dropFirst().first.flatMap { Int($0) })
      let failure = UpstreamFailure.read(
        status: status, body: ByteBuffer(string: read(name) ?? ""), plan: plan(isStream: false))
      let error = GatewayError.upstreamFailure(failure)
      let body = String(decoding: client.body(of: error, requestID: "request-id"), as: UTF8.self)
      try expect("error.\(status).out.json", failure.original == nil ? body : try Self.compact(body))
    }
  }
}
