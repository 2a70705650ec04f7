/// What differs between Google's models and decides how a request is written (Gemini API, thinking).
public enum GeminiModelTraits {
  /// Whether the model takes a level of thinking rather than a budget of tokens.
  public static func thinksByLevel(_ model: String) -> Bool {
    !model.contains("gemini-1") && !model.contains("gemini-2")
  }
}
