public import SourceDiagnostics

/// The findings of the compiler and of `compile --check`, GW9xxx.
public enum OutputMistakes {
  /// All of them, by code.
  public static let all: [RuleDescription] = [
    outputPathCollision, valueNotCarried, staleOutput, secretNotDelivered, secretMadeElsewhere,
  ]

  static let outputPathCollision = RuleDescription(
    9001, "output-path-collision", .error,
    summary: "two outputs have one path",
    rationale: """
      Each output is a file of its own. If two of them had one path, one would silently replace the other, and the cluster
      would run without it.
      """,
    examples: [.allowed("metadata: { name: gateway, namespace: ai-services }\n")])

  static let valueNotCarried = RuleDescription(
    9002, "value-not-carried", .warning,
    summary: "an output has no place for something that the spec asks for",
    rationale: """
      Not everything that the spec can say has a counterpart in every output: LiteLLM keeps the keys of clients in its
      database and reads none from a file, an HTTPRoute leaves the certificate to the Gateway, a NetworkPolicy knows no host
      names. What is left out is said here, so that nobody relies on a limit, a key or a certificate that is not there.
      """,
    examples: [
      .flagged(
        "metadata: { name: gateway, namespace: ai-services, labels: { ⟦app.kubernetes.io/name⟧: chat } }\n"),
      .allowed("metadata: { name: gateway, namespace: ai-services, labels: { team: ai-platform } }\n"),
    ])

  /// The finding of `compile --check` for an output folder that is not what the spec compiles to.
  public static let staleOutput = RuleDescription(
    9003, "stale-output", .error,
    summary: "the committed output is not what the spec compiles to",
    rationale: """
      With the output under version control a reviewer sees what a change of the spec does to the cluster. That holds only
      while both are changed together: an output that was edited by hand, or not compiled again, deploys something that
      the spec does not say.
      """,
    examples: [.allowed("metadata: { name: gateway, namespace: ai-services }\n")])

  static let secretNotDelivered = RuleDescription(
    9004, "secret-not-delivered", .error,
    summary: "no output brings this secret to the pods",
    rationale: """
      A container that names a missing key of a Secret does not start (`CreateContainerConfigError`). Each read of
      `database/creds/ROLE` makes a new user with a new password, so the parts are copied together, and each secret has to
      say which part it is.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { version: 2 }, database: { engine: database } }
          logins: { external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault } }
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }
            ⟦database-user⟧: { vault: database/creds/gateway, env: DATABASE_USERNAME }

        """),
      .allowed("metadata: { name: gateway, namespace: ai-services }\n"),
    ])

  static let secretMadeElsewhere = RuleDescription(
    9005, "secret-made-elsewhere", .note,
    summary: "the pods need a Secret that no output makes",
    rationale: """
      With `delivery: environment` or `files` the secrets come from outside, and the spec does not know from where. The
      manifests name a Secret all the same, which has to be there before the pods start.
      """,
    examples: [
      .flagged(
        "secrets:\n  delivery: ⟦environment⟧\n  entries:\n    openai-key: { env: OPENAI_API_KEY }\nauth: {}\n",
        base: .sluice),
      .allowed("metadata: { name: gateway, namespace: ai-services }\n"),
    ])
}
