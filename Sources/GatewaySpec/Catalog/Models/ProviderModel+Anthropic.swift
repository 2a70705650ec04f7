extension ProviderModel {
  /// Anthropic's models. Names, context windows, prices and dates as the price map of LiteLLM 1.109.1 has them (November 2026).
  static let anthropic: [ProviderModel] = [
    Self("claude-fable-5", .chat, context: 1_000_000, input: 10_000_000, output: 50_000_000),
    Self("claude-fable-5-1", .chat, context: 1_000_000, input: 10_000_000, output: 50_000_000),
    Self("claude-haiku-4-5", .chat, context: 200_000, input: 1_000_000, output: 5_000_000),
    Self("claude-haiku-4-5-20251001", .chat, context: 200_000, input: 1_000_000, output: 5_000_000),
    Self("claude-haiku-5-5", .chat, context: 1_000_000, input: 100_000, output: 500_000),
    Self("claude-mythos-5", .chat, context: 1_000_000, input: 10_000_000, output: 50_000_000),
    Self("claude-mythos-5-1", .chat, context: 1_000_000, input: 10_000_000, output: 50_000_000),
    Self(
      "claude-mythos-preview", .chat, context: 1_000_000, input: 10_000_000, output: 50_000_000, retires: "2026-06-09"),
    Self("claude-opus-4-5", .chat, context: 200_000, input: 5_000_000, output: 25_000_000),
    Self("claude-opus-4-5-20251101", .chat, context: 200_000, input: 5_000_000, output: 25_000_000),
    Self("claude-opus-4-6", .chat, context: 1_000_000, input: 5_000_000, output: 25_000_000),
    Self("claude-opus-4-6-20260205", .chat, context: 1_000_000, input: 5_000_000, output: 25_000_000),
    Self("claude-opus-4-7", .chat, context: 1_000_000, input: 5_000_000, output: 25_000_000),
    Self("claude-opus-4-7-20260416", .chat, context: 1_000_000, input: 5_000_000, output: 25_000_000),
    Self("claude-opus-4-8", .chat, context: 1_000_000, input: 5_000_000, output: 25_000_000),
    Self("claude-opus-5", .chat, context: 1_000_000, input: 5_000_000, output: 25_000_000),
    Self("claude-opus-5-5", .chat, context: 1_000_000, input: 4_000_000, output: 20_000_000),
    Self("claude-sonnet-4-5", .chat, context: 200_000, input: 3_000_000, output: 15_000_000, retires: "2026-11-30"),
    Self(
      "claude-sonnet-4-5-20250929", .chat, context: 200_000, input: 3_000_000, output: 15_000_000, retires: "2026-11-30"
    ),
    Self("claude-sonnet-4-6", .chat, context: 1_000_000, input: 3_000_000, output: 15_000_000),
    Self("claude-sonnet-5", .chat, context: 1_000_000, input: 2_000_000, output: 10_000_000),
    Self("claude-sonnet-5-5", .chat, context: 1_000_000, input: 2_000_000, output: 10_000_000),
  ]
}
