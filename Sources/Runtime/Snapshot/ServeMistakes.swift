public import SourceDiagnostics

/// What keeps a valid spec from being served here: findings about this machine or this release, GW89xx.
public enum ServeMistakes {
  /// All of them, by code.
  public static let all: [RuleDescription] = [secretNotFound, dialectNotServed, virtualKeysNotServed]

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

  static let virtualKeysNotServed = RuleDescription(
    8903, "virtual-keys-not-served", .error,
    summary: "the spec has keys for clients and no master key, and the runtime knows the master key only",
    rationale: """
      This release of the runtime lets in whoever shows the master key and cannot check the keys under `auth.keys`. With
      those keys alone it could only let in everybody or nobody; the spec says that callers need a key, so the runtime
      refuses to start. With a master key it serves the same spec, and clients call with that key.
      """,
    examples: [])
}
