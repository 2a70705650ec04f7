/// OpenAI's `reasoning_effort` as a number of tokens, for providers that take a budget.
enum ReasoningEffort {
  /// The least budget that Anthropic takes.
  static let minimumBudget = 1024

  /// The budget of an effort; `nil` if the word is unknown, or no budget fits under the limit of the whole answer.
  static func budget(_ effort: String, below limit: Int) -> Int? {
    let budget: Int
    switch effort {
    case "minimal", "low": budget = 1024
    case "medium": budget = 2048
    case "high": budget = 4096
    case "xhigh", "max": budget = 8192
    default: return nil
    }
    let fitting = min(budget, limit - 1)
    return fitting >= minimumBudget ? fitting : nil
  }

  /// The effort that stands for a budget of tokens.
  static func effort(_ budget: Int) -> StaticString {
    switch budget {
    case ..<2048: "low"
    case ..<4096: "medium"
    default: "high"
    }
  }
}
