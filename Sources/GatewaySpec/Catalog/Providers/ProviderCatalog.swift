/// The providers that Sluice knows. Adding one that speaks a known dialect is adding a line.
public enum ProviderCatalog {
  /// All providers, by id.
  public static let all: [ProviderDescriptor] = [
    openAI(
      "openai", "OpenAI", "https://api.openai.com/v1", litellm: "openai",
      serves: [
        .chat, .completions, .embeddings, .responses, .speech, .transcription, .translation, .images, .imageEdits,
        .moderations,
      ], [.namesCompletionTokens, .reportsStreamUsage]),
    ProviderDescriptor(
      id: "anthropic", displayName: "Anthropic", dialect: .anthropic, baseURL: "https://api.anthropic.com",
      authentication: .header("x-api-key"), litellmPrefix: "anthropic", operations: [.messages, .countTokens]),
    ProviderDescriptor(
      id: "azure", displayName: "Azure OpenAI", dialect: .openAI, baseURL: nil, authentication: .header("api-key"),
      litellmPrefix: "azure",
      operations: [
        .chat, .completions, .embeddings, .responses, .speech, .transcription, .translation, .images, .imageEdits,
      ], traits: [.namesCompletionTokens, .reportsStreamUsage, .hasDeployments]),
    ProviderDescriptor(
      id: "gemini", displayName: "Google Gemini", dialect: .gemini,
      baseURL: "https://generativelanguage.googleapis.com/v1beta", authentication: .header("x-goog-api-key"),
      litellmPrefix: "gemini", operations: [.chat]),
    ProviderDescriptor(
      id: "bedrock", displayName: "Amazon Bedrock", dialect: .bedrock,
      baseURL: "https://bedrock-runtime.{region}.amazonaws.com", authentication: .awsSignature,
      litellmPrefix: "bedrock/converse", operations: [.chat]),
    openAI("mistral", "Mistral", "https://api.mistral.ai/v1", litellm: "mistral"),
    openAI("groq", "Groq", "https://api.groq.com/openai/v1", litellm: "groq"),
    openAI("deepseek", "DeepSeek", "https://api.deepseek.com/v1", litellm: "deepseek"),
    openAI("together", "Together AI", "https://api.together.xyz/v1", litellm: "together_ai"),
    openAI("fireworks", "Fireworks AI", "https://api.fireworks.ai/inference/v1", litellm: "fireworks_ai"),
    openAI("openrouter", "OpenRouter", "https://openrouter.ai/api/v1", litellm: "openrouter"),
    openAI("xai", "xAI", "https://api.x.ai/v1", litellm: "xai", serves: [.chat, .responses, .images]),
    openAI("perplexity", "Perplexity", "https://api.perplexity.ai", litellm: "perplexity", serves: [.chat]),
    openAI("cerebras", "Cerebras", "https://api.cerebras.ai/v1", litellm: "cerebras", serves: [.chat, .completions]),
    openAI(
      "nvidia", "NVIDIA NIM", "https://integrate.api.nvidia.com/v1", litellm: "nvidia_nim",
      serves: [.chat, .completions, .embeddings]),
    openAI(
      "huggingface", "Hugging Face", "https://router.huggingface.co/v1", litellm: "huggingface", serves: [.chat]),
    openAI(
      "sambanova", "SambaNova", "https://api.sambanova.ai/v1", litellm: "sambanova", serves: [.chat, .embeddings]),
    openAI("nebius", "Nebius", "https://api.tokenfactory.nebius.com/v1", litellm: "nebius"),
    openAI(
      "moonshot", "Moonshot AI", "https://api.moonshot.ai/v1", litellm: "moonshot", serves: [.chat],
      [.reportsStreamUsage, .takesReasoning]),
    openAI(
      "dashscope", "Alibaba DashScope", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", litellm: "dashscope",
      serves: [.chat, .embeddings]),
    openAI("zai", "Z.ai", "https://api.z.ai/api/paas/v4", litellm: "zai", serves: [.chat]),
    openAI(
      "hyperbolic", "Hyperbolic", "https://api.hyperbolic.xyz/v1", litellm: "hyperbolic", serves: [.chat, .completions]),
    openAI("novita", "Novita AI", "https://api.novita.ai/v3/openai", litellm: "novita"),
    openAI(
      "ollama", "Ollama", nil, litellm: "openai", serves: [.chat, .completions, .embeddings], .reportsStreamUsage),
    openAI(
      "vllm", "vLLM", nil, litellm: "hosted_vllm",
      serves: [.chat, .completions, .embeddings, .responses, .transcription, .translation, .rerank],
      [.reportsStreamUsage, .takesReasoning, .takesSamplingExtras]),
    openAI(
      "openai-compatible", "a server with OpenAI's API", nil, litellm: "openai",
      serves: Set(InferenceOperation.allCases).subtracting([.messages, .countTokens]),
      [.reportsStreamUsage, .takesReasoning, .takesSamplingExtras]),
    ProviderDescriptor(
      id: "mock", displayName: "the built-in mock", dialect: .mock, baseURL: nil, authentication: nil,
      litellmPrefix: "openai", operations: [.chat, .messages]),
  ]

  /// The provider of that id.
  public static func descriptor(_ id: String) -> ProviderDescriptor? { all.first { $0.id == id } }

  private static func openAI(
    _ id: String, _ displayName: String, _ baseURL: String?, litellm prefix: String,
    serves operations: Set<InferenceOperation> = [.chat, .completions, .embeddings],
    _ traits: ProviderDescriptor.Traits = .reportsStreamUsage
  ) -> ProviderDescriptor {
    ProviderDescriptor(
      id: id, displayName: displayName, dialect: .openAI, baseURL: baseURL, authentication: .bearer,
      litellmPrefix: prefix, operations: operations, traits: traits)
  }
}
