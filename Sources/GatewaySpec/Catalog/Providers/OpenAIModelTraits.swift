/// What differs between OpenAI's models and decides how a request is written (OpenAI's models overview).
public enum OpenAIModelTraits {
  /// Whether the model thinks first and takes a `reasoning_effort`; the others refuse one.
  public static func reasons(_ model: String) -> Bool {
    let name = model.split(separator: "/").last ?? ""
    return name.contains("gpt-5") && !name.contains("chat") || ["o1", "o3", "o4"].contains { name.hasPrefix($0) }
  }
}
