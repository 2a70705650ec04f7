/// What runs in the pods.
public enum EngineType: String, SpecChoice {
  case litellm
  case sluice

  /// Words that people write by mistake.
  public static var aliases: [String: EngineType] { ["LiteLLM": .litellm, "lite-llm": .litellm] }

  /// What is known about it.
  public var descriptor: EngineDescriptor {
    switch self {
    case .litellm: .litellm
    case .sluice: .sluice
    }
  }
}
