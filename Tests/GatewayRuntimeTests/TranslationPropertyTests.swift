import Foundation
import GatewaySpec
import NIOCore
import Testing

@testable import GatewayRuntime

/// Damaged texts of all fixtures through all translations: an error or JSON, never a crash.
@Suite struct TranslationPropertyTests {
  private static let texts: [(name: String, bytes: [UInt8])] = {
    guard let paths = FileManager.default.enumerator(atPath: TranslationFixtureTests.root.path) else { return [] }
    var texts: [(String, [UInt8])] = []
    for case let path as String in paths where path.contains(".in.") {
      let data = (try? Data(contentsOf: TranslationFixtureTests.root.appending(path: path))) ?? Data()
      texts.append((path, Array(data)))
    }
    return texts.sorted { $0.0 < $1.0 }
  }()

  private static let endpoints: [UpstreamEndpoint] = ["openai", "openai-compatible", "anthropic", "gemini", "bedrock"]
    .compactMap { ProviderCatalog.descriptor($0) }.map { provider in
      UpstreamEndpoint(
        provider: provider, origin: UpstreamOrigin(scheme: .https, host: "api.example.com"), pathPrefix: "", model: "m")
    }

  private func damaged(_ bytes: [UInt8], _ random: inout LoopRandom) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(Array(#"{}[]",:\0n"#.utf8).randomElement(using: &random) ?? 0, at: place)
      case 3: bytes.replaceSubrange(place..<min(place + 9, bytes.count), with: "null".utf8)
      default:
        bytes.replaceSubrange(place..<min(place + 5, bytes.count), with: RandomJSON.value(depth: 2, &random).utf8)
      }
    }
    return bytes
  }

  @Test func `damaged requests give an error or JSON`() throws {
    var random = LoopRandom(seed: 11)
    let requests = Self.texts.filter { $0.name.hasSuffix("request.in.json") }
    #expect(requests.count > 10)
    for _ in 0..<40 {
      for (name, bytes) in requests {
        let body = ByteBuffer(bytes: damaged(bytes, &random))
        let operation: InferenceOperation = name.hasPrefix("anthropic") ? .messages : .chat
        guard let request = try? ClientRequest.parse(body, for: operation) else { continue }
        for endpoint in Self.endpoints {
          guard let sent = try? request.translated(for: endpoint, now: 0) else { continue }
          var whole = ByteBuffer()
          for var piece in sent.body { whole.writeBuffer(&piece) }
          #expect(throws: Never.self, "\(String(buffer: body)) → \(String(buffer: whole))") { _ = try JSONTree(whole) }
        }
      }
    }
  }

  @Test func `damaged answers give an error or an answer`() throws {
    var random = LoopRandom(seed: 12)
    let answers = Self.texts.filter { $0.name.contains("response.in") || $0.name.contains("stream.in.sse") }
    #expect(answers.count > 10)
    let identity = AnswerIdentity(encodedModel: JSONText.encode("public"), id: "id", created: 1)
    for _ in 0..<40 {
      for (name, bytes) in answers {
        let bytes = damaged(bytes, &random)
        for endpoint in Self.endpoints {
          for (client, isStream) in [
            (ClientDialect.openAI, true), (.openAI, false), (.anthropic, true), (.anthropic, false),
          ] {
            let plan = AnswerPlan(
              client: client, upstream: endpoint.dialect, operation: client == .openAI ? .chat : .messages,
              isStream: isStream, reportsUsage: true)
            let media: AnswerMedia = name.hasSuffix(".sse") ? .events : .json
            var translator = try AnswerTranslator(plan, identity, media: media, isEncoded: false)
            let first = translator.feed(ByteBuffer(bytes: bytes))
            guard first.failure == nil else { continue }
            let last = translator.finish()
            guard last.failure == nil, !plan.isSameDialect, !isStream, let answer = last.bytes else { continue }
            #expect(throws: Never.self, "\(String(decoding: bytes, as: UTF8.self))") { _ = try JSONTree(answer) }
          }
        }
      }
    }
  }
}
