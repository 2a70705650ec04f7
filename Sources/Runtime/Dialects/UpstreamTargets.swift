import GatewaySpec

/// The request targets (path and query) of one model of one provider.
struct UpstreamTargets: Sendable {
  private let whole: [String]
  /// For streams, where the dialect has another path for them.
  private let streamed: String?

  init(provider: ProviderDescriptor, pathPrefix: String, model: String, apiVersion: String?) {
    let segment = Self.encodedSegment(model)
    var streamed: String?
    whole = InferenceOperation.allCases.map { operation in
      switch provider.dialect {
      case .openAI, .mock:
        guard provider.traits.contains(.hasDeployments) else { return pathPrefix + Self.openAIPath(operation) }
        // Azure's API without versions is a plain one of OpenAI's dialect.
        guard let apiVersion else { return "\(pathPrefix)/openai/v1\(Self.openAIPath(operation))" }
        let path = operation == .responses ? operation.path : "/deployments/\(segment)\(Self.openAIPath(operation))"
        return "\(pathPrefix)/openai\(path)?api-version=\(Self.encodedSegment(apiVersion))"
      case .anthropic:
        return "\(pathPrefix)/v1\(operation == .countTokens ? operation.path : InferenceOperation.messages.path)"
      case .gemini:
        streamed = "\(pathPrefix)/models/\(segment):streamGenerateContent?alt=sse"
        return "\(pathPrefix)/models/\(segment):generateContent"
      case .bedrock:
        streamed = "\(pathPrefix)/model/\(segment)/converse-stream"
        return "\(pathPrefix)/model/\(segment)/converse"
      }
    }
    self.streamed = streamed
  }

  func target(of operation: InferenceOperation, isStream: Bool) -> String {
    if isStream, let streamed { return streamed }
    return whole[InferenceOperation.allCases.firstIndex(of: operation) ?? 0]
  }

  /// Conversations of either dialect are chat completions upstream.
  private static func openAIPath(_ operation: InferenceOperation) -> String {
    operation == .messages ? InferenceOperation.chat.path : operation.path
  }

  /// A name as one segment of a path: all but unreserved characters (RFC 3986, section 2.3) in percent code, as the
  /// signature of Amazon's requests asks for it too.
  static func encodedSegment(_ name: String) -> String {
    var text = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += byte < 16 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return text
  }
}
