/// What differs between Anthropic's models and decides how a request is written (Anthropic's models overview).
public enum AnthropicModelTraits {
  /// The most tokens that a model answers with. Anthropic asks every request for a bound, OpenAI none, so this one is
  /// sent for clients that give none. What is not known gets the bound of current models.
  public static func outputLimit(of model: String) -> Int {
    if contains(model, ["claude-3-opus", "claude-3-sonnet", "claude-3-haiku", "claude-2", "claude-instant"]) {
      return 4096
    }
    if contains(model, ["claude-3-5"]) { return 8192 }
    if contains(model, ["claude-opus-4-0", "claude-opus-4-1", "claude-opus-4-2025"]) { return 32_000 }
    return 64_000
  }

  /// Whether the model itself can keep to a JSON Schema; others are made to by a tool that they must call.
  public static func hasStructuredOutput(_ model: String) -> Bool {
    !isBeforeStructuredOutput(model)
  }

  /// Whether the model decides itself how much it thinks, and takes an effort in place of a budget.
  public static func thinksAdaptively(_ model: String) -> Bool {
    !isBeforeStructuredOutput(model) && !contains(model, ["opus-4-1", "-4-5"])
  }

  private static func isBeforeStructuredOutput(_ model: String) -> Bool {
    contains(model, ["claude-2", "claude-3", "claude-instant", "-4-0", "-4-2025"])
  }

  private static func contains(_ model: String, _ parts: [String]) -> Bool {
    parts.contains { model.contains($0) }
  }
}
