public import SourceDiagnostics

/// What keeps a valid spec from being served here: findings about this machine or this release, GW89xx.
public enum ServeMistakes {
  /// All of them, by code.
  public static let all: [RuleDescription] = [secretNotFound, dialectNotServed, keyNotUnique]

  static let secretNotFound = RuleDescription(
    8901, "secret-not-found", .error,
    summary: "a secret that the gateway needs is neither in the environment nor in the secrets folder",
    rationale: """
      A gateway that starts without a provider's key answers each request with an error, and one without its master key
      would be open to anybody. The runtime therefore refuses to start and names the variable that it looked for. On a
      laptop `--mock` answers in place of the providers, so that their keys are not needed.
      """,
    examples: [])

  static let dialectNotServed = RuleDescription(
    8902, "dialect-not-served", .error,
    summary: "the runtime cannot call this provider",
    rationale: """
      This release of the runtime speaks OpenAI's API to providers. A provider with an API of its own is compiled for
      LiteLLM as usual; `sluice serve --mock` shows the rest of the gateway at work.
      """,
    examples: [])

  static let keyNotUnique = RuleDescription(
    8904, "key-not-unique", .error,
    summary: "two keys of the gateway have the same value",
    rationale: """
      Whoever shows the value is taken for the one that stands first, with its models, limits and budget; a client whose
      key is also the master key could do everything. The values are compared when the gateway starts, because the spec
      does not have them.
      """,
    examples: [])
}
