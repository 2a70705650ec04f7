public import SourceDiagnostics

/// The findings of the decoder, GW1xxx and GW0014.
public enum ShapeMistakes {
  /// All of them, by code.
  public static let all: [RuleDescription] = [
    ambiguousScalar, unknownKey, missingKey, wrongType, invalidValue, valueNotAllowed, outOfRange, exclusiveKeys,
    unsupportedAPIVersion, overlayChangesNothing, overlayHitsNothing, unreadableFile,
  ]

  static let ambiguousScalar = RuleDescription(
    14, "ambiguous-scalar", .warning,
    summary: "YAML 1.1 and YAML 1.2 readers take this scalar differently",
    rationale: """
      Sluice reads plain scalars by YAML 1.2. Kubernetes' tools, PyYAML and most editors still read YAML 1.1, where `no`
      is a boolean, `0644` an octal number and `12:30` a count of minutes. A value that another tool would change
      belongs between quotes.
      """,
    examples: [
      .flagged(
        "metadata: { name: gateway, namespace: ai, labels: { beta: ⟦yes⟧ } }\n",
        fixed: "metadata: { name: gateway, namespace: ai, labels: { beta: \"yes\" } }\n"),
      .allowed("metadata: { name: gateway, namespace: ai, labels: { beta: \"yes\" } }\n"),
    ])

  /// A key that its section does not have. Nobody can say what the section means without it.
  public static let unknownKey = RuleDescription(
    1001, "unknown-key", .error,
    summary: "the section has no such key",
    rationale: """
      A key that nobody reads is a setting that silently does not hold: the gateway runs, only without the limit, the
      probe or the credential that the file promises. LiteLLM ignores unknown keys of its configuration, which is how
      `master_keyy` leaves a proxy without a key. Sluice refuses them, and names the key that was probably meant.
      """,
    examples: [
      .flagged("server:\n  ⟦prot⟧: 4000\n", fixed: "server:\n  port: 4000\n"),
      .allowed("server:\n  port: 4000\n"),
    ])

  static let missingKey = RuleDescription(
    1002, "missing-key", .error,
    summary: "a key that must be there is missing",
    rationale: """
      Most keys have a default that is safe in production. The few without one are those that only the author can know,
      such as which provider a model is served by.
      """,
    examples: [
      .flagged("models:\n  gpt-4o-mini:\n    targets:\n      - ⟦{ provider: openai }⟧\n"),
      .allowed("models:\n  gpt-4o-mini:\n    targets:\n      - { provider: openai, model: gpt-4o-mini }\n"),
    ])

  static let wrongType = RuleDescription(
    1003, "wrong-type", .error,
    summary: "a value of another kind stands here",
    rationale: """
      A list where a mapping belongs, or a key without a value, cannot be read at all. A key without a value is usually
      the rest of an edit; in an environment `null` removes the key, in the base it means nothing.
      """,
    examples: [
      .flagged("server:\n  port: ⟦[4000]⟧\n", fixed: "server:\n  port: 4000\n"),
      .flagged("server:\n  ⟦port⟧:\n", hidden: true),
      .allowed("server:\n  port: 4000\n"),
    ])

  static let invalidValue = RuleDescription(
    1004, "invalid-value", .error,
    summary: "the text is not a value of this type",
    rationale: """
      Durations, quantities, host names and images have grammars of their own. A value that breaks them fails only when
      the manifest is applied, or never: Kubernetes reads `memory: 512m` as half a byte.
      """,
    examples: [
      .flagged("server:\n  requestTimeout: ⟦600⟧\n"),
      .allowed("server:\n  requestTimeout: 600s\n"),
    ])

  static let valueNotAllowed = RuleDescription(
    1005, "value-not-allowed", .error,
    summary: "the value is none of those allowed here",
    rationale: "Such a key takes one of a few words. The finding lists them and names the nearest.",
    examples: [
      .flagged("engine:\n  type: ⟦litelm⟧\n", fixed: "engine:\n  type: litellm\n"),
      .allowed("engine:\n  type: litellm\n"),
    ])

  static let outOfRange = RuleDescription(
    1006, "value-out-of-range", .error,
    summary: "the number lies outside what the key allows",
    rationale: "The range is that of the Kubernetes field or of the engine's setting behind the key.",
    examples: [
      .flagged(
        "database:\n  url: { secret: database-url }\n  poolSize: ⟦0⟧\n",
        fixed: "database:\n  url: { secret: database-url }\n  poolSize: 1\n"),
      .allowed("database:\n  url: { secret: database-url }\n  poolSize: 10\n"),
    ])

  static let exclusiveKeys = RuleDescription(
    1007, "exclusive-keys", .error,
    summary: "keys that exclude each other stand together, or none of them is written",
    rationale: """
      Each of these keys answers the same question. With two answers one of them would silently win; with none there is
      no answer. cert-manager, for one, refuses an Ingress that names both an issuer and a cluster issuer.
      """,
    examples: [
      .flagged(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls, ⟦clusterIssuer⟧: letsencrypt, issuer: internal-ca }

        """),
      .allowed(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls, clusterIssuer: letsencrypt }

        """),
    ])

  static let unsupportedAPIVersion = RuleDescription(
    1008, "unsupported-api-version", .error,
    summary: "this version of the language is not known",
    rationale: "Files of `sluice/v1` stay readable in later releases. Another version needs a release that knows it.",
    examples: [
      .flagged("apiVersion: ⟦sluice/v7⟧\n", fixed: "apiVersion: sluice/v1\n"),
      .allowed("apiVersion: sluice/v1\n"),
    ])

  static let overlayChangesNothing = RuleDescription(
    1009, "overlay-changes-nothing", .warning,
    summary: "the environment writes what the base says already",
    rationale: """
      A line of an environment that repeats the base hides which lines really differ, and goes on to pin the old value
      when the base is changed.
      """,
    examples: [
      .flagged(
        "server: { port: 4000 }\nenvironments:\n  staging:\n    server: { port: ⟦4000⟧ }\n"),
      .allowed("server: { port: 4000 }\nenvironments:\n  staging:\n    server: { port: 4001 }\n"),
    ])

  static let overlayHitsNothing = RuleDescription(
    1010, "overlay-hits-nothing", .error,
    summary: "the environment removes a key that the base does not have",
    rationale: """
      `null` in an environment removes a key of the base. When the base has no such key, the name is misspelt or the
      base has been renamed since, and the environment no longer does what it was written for.
      """,
    examples: [
      .flagged("environments:\n  staging:\n    ⟦autoscaling⟧: null\n"),
      .allowed("autoscaling: { min: 2, max: 4, cpu: 70% }\nenvironments:\n  staging:\n    autoscaling: null\n"),
    ])

  static let unreadableFile = RuleDescription(
    1011, "unreadable-file", .error,
    summary: "a file that the spec names cannot be read",
    rationale: "Paths count from the folder of the spec. What the file would have said cannot be checked.",
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies: { reader: { file: ⟦policies/none.hcl⟧ } }
          logins:
            external-secrets: { method: kubernetes, role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [reader] }

        """)
    ])
}
