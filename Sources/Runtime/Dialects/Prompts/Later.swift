import NIOCore

enum OpenAIPromptWriter {
  static func write(_ prompt: ChatPrompt, for endpoint: UpstreamEndpoint, _ plan: inout AnswerPlan) throws(GatewayError) -> ByteBuffer { throw .upstreamMalformed }
}
enum GeminiPromptWriter {
  static func write(_ prompt: ChatPrompt, for endpoint: UpstreamEndpoint, _ plan: inout AnswerPlan) throws(GatewayError) -> ByteBuffer { throw .upstreamMalformed }
}
enum BedrockPromptWriter {
  static func write(_ prompt: ChatPrompt, for endpoint: UpstreamEndpoint, _ plan: inout AnswerPlan) throws(GatewayError) -> ByteBuffer { throw .upstreamMalformed }
}
enum AnthropicPromptReader {
  static func read(_ tree: JSONTree) throws(GatewayError) -> ChatPrompt { throw .upstreamMalformed }
}
