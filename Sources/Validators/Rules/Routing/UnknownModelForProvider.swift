import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let unknownModelForProvider = Rule(
    7006, "unknown-model-for-provider", .warning,
    summary: "the provider has no model of that name, and one whose name is a letter away",
    rationale: """
      A provider answers 404 to a model that it does not have. Neither engine asks at its start, so that the first client finds
      the slip. Names are compared with a catalogue of OpenAI's and Anthropic's models; a provider brings out models that
      no catalogue has yet, and so only a name that differs in a letter of one word from a known one is reported, never
      one that differs in its numbers. A provider with an address of its own is left alone.
      """,
    examples: [
      .flagged(
        """
        models:
          gpt-4o-mini:
            targets: [{ provider: openai, model: ⟦gpt-4o-mimi⟧ }]

        """,
        fixed: """
          models:
            gpt-4o-mini:
              targets: [{ provider: openai, model: gpt-4o-mini }]

          """),
      .allowed("models:\n  gpt-4o-mini:\n    targets: [{ provider: openai, model: gpt-9.9 }]\n"),
      .allowed(
        """
        providers:
          openai: { type: openai, baseURL: https://llm.example.com/v1, apiKey: { secret: openai-key } }
        models:
          chat: { targets: [{ provider: openai, model: gpt-4o-mimi }] }

        """, hidden: true),
    ]
  ) { context, findings in
    // Comparing names letter by letter is dear; whoever has so many unknown ones has a catalogue of their own.
    var guesses = NameSuggestion.mostGuesses
    for target in context.targets where guesses > 0 {
      guard let provider = context.publicProvider(of: target.value), let known = ProviderModel.models(of: provider),
        let name = target.value.model.known?.text, known[name] == nil
      else { continue }
      guesses -= 1
      guard let near = known.keys.filter({ isSlip(name, of: $0) }).min() else { continue }
      findings.add(
        "\(provider.displayName) has no model `\(name)` that is known", at: target.value.model.span, label: "a slip?",
        help: ["write `\(near)`"],
        fixIts: [FixIt("write `\(near)`", .unsafe, replace: target.value.model.span, with: near)])
    }
  }

  /// Whether two names have the same words but for one without digits, and that one is similar; or differ in case and
  /// hyphens alone.
  private static func isSlip(_ name: String, of known: String) -> Bool {
    let words = name.lowercased().split(separator: "-")
    let knownWords = known.split(separator: "-")
    guard words.count == knownWords.count else { return words.joined() == knownWords.joined() }
    let different = zip(words, knownWords).filter { $0 != $1 }
    guard let (word, other) = different.first else { return true }
    let hasDigit = (word + other).contains { $0.isNumber }
    return different.count == 1 && !hasDigit && NameSuggestion.nearest(to: String(word), among: [String(other)]) != nil
  }
}
