import NIOCore
enum GeminiPromptWriter {
  static func write(_ prompt: ChatPrompt, for endpoint: UpstreamEndpoint, _ plan: inout AnswerPlan) throws(GatewayError) -> ByteBuffer { throw .upstreamMalformed }
}
enum BedrockPromptWriter {
  static func write(_ prompt: ChatPrompt, for endpoint: UpstreamEndpoint, _ plan: inout AnswerPlan) throws(GatewayError) -> ByteBuffer { throw .upstreamMalformed }
}
