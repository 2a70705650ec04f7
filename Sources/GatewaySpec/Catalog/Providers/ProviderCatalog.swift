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
    openAI("mistral", "Mistral", "https://api.mistral.ai/v1", litellm: "mistral"),
    openAI("groq", "Groq", "https://api.groq.com/openai/v1", litellm: "groq"),
    openAI("deepseek", "DeepSeek", "https://api.deepseek.com/v1", litellm: "deepseek"),
    openAI("together", "Together AI", "https://api.together.xyz/v1", litellm: "together_ai"),
    openAI("fireworks", "Fireworks AI", "https://api.fireworks.ai/inference/v1", litellm: "fireworks_ai"),
    openAI("openrouter", "OpenRouter", "https://openrouter.ai/api/v1", litellm: "openrouter"),
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
