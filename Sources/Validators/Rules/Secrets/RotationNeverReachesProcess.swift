import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let rotationNeverReachesProcess = Rule(
    3014, "rotation-never-reaches-process", .warning,
    summary: "a secret is said to rotate, and no change of it would reach the running process",
    rationale: """
      A process reads its environment once, when it starts: `delivery: environment` cannot rotate anything by itself. Files
      change under a running pod, and Sluice's own runtime looks at them again; LiteLLM reads no files. And External Secrets
      Operator takes a refresh interval of zero for "read once".

      With `delivery: external-secrets` the chain is complete: our runtime gets files, and LiteLLM's Deployment carries an
      annotation by which Reloader, which must run in the cluster, restarts it when the Secret changes. Only what the spec
      promises is judged: a secret whose `rotation` is not written is left alone.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: environment
          entries:
            master-key: { env: GATEWAY_MASTER_KEY }
            openai-key: { env: OPENAI_API_KEY, rotation: ⟦automatic⟧ }

        """, base: .sluice),
      .flagged(
        """
        secrets:
          delivery: external-secrets
          refreshInterval: ⟦0s⟧
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """),
      .allowed(
        """
        secrets:
          delivery: files
          entries:
            master-key: {}
            openai-key: { rotation: automatic }

        """, base: .sluice),
    ]
  ) { context, findings in
    let secrets = context.spec.secrets.value
    guard let delivery = secrets.delivery.known, let engine = context.knownEngine else { return }
    let rotating = secrets.entries.value.filter { !$0.setting.isInvalid && $0.value.rotation.known == .automatic }
    if delivery.readsVault {
      guard secrets.refreshInterval.known == .zero, !rotating.isEmpty else { return }
      findings.add(
        "secrets are read from Vault once and never again", at: secrets.refreshInterval.span, label: "means once",
        help: ["write an interval such as `1h`, or `rotation: never` at each secret"],
        fixIts: [FixIt("write `1h`", .unsafe, replace: secrets.refreshInterval.span, with: "1h")])
      return
    }
    if delivery == .files, engine.descriptor.reloadsSecrets { return }
    let reason =
      delivery == .environment || !engine.descriptor.readsSecretFiles
      ? "a process reads its environment only when it starts"
      : "\(context.engine.displayName) reads files only at its start"
    for secret in rotating where secret.value.rotation.isWritten {
      findings.add(
        "a new value of `\(secret.name.value)` would not reach the running process", at: secret.value.rotation.span,
        label: "cannot be kept", related: [Diagnostic.Label(secrets.delivery.span, "the delivery")], notes: [reason],
        help: [
          "write `delivery: \(engine.descriptor.reloadsSecrets ? "files" : "external-secrets")`, or restart the pods by hand and write `rotation: never`"
        ],
        fixIts: [FixIt("write `never`", .unsafe, replace: secret.value.rotation.span, with: "never")])
    }
  }
}
