import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let apiVersionNotServed = Rule(
    6030, "api-version-not-served", .error,
    summary: "the cluster's release does not serve a kind of object that the spec calls for",
    rationale: """
      Kinds of objects come with a release: `autoscaling/v2` with Kubernetes 1.23, `policy/v1` with 1.21, VaultDynamicSecret
      with External Secrets Operator 0.8. An older server refuses the whole object (`no matches for kind`), and an apply
      stops halfway. Fields are another matter: what an older release does not know is left out of the manifests, and
      GW9006 says so.
      """,
    examples: [
      .flagged("cluster: { kubernetesVersion: ⟦\"1.22\"⟧ }\nautoscaling: { min: 2, max: 4, cpu: 70% }\n"),
      .flagged("cluster: { externalSecretsVersion: ⟦0.4.4⟧ }\n"),
      .allowed("cluster: { kubernetesVersion: \"1.23\" }\nautoscaling: { min: 2, max: 4, cpu: 70% }\n"),
    ]
  ) { context, findings in
    let cluster = context.spec.cluster.value
    var judged: Set<SourceSpan> = []
    for (api, origin) in context.spec.versionedAPIs {
      let server: String
      let version: SourceSpan
      let needed: String
      switch api.since {
      case .kubernetes(let first):
        guard let known = cluster.kubernetesVersion.known, known < first else { continue }
        (server, version, needed) = ("Kubernetes \(known)", cluster.kubernetesVersion.span, first.description)
      case .externalSecrets(let first):
        guard let known = cluster.externalSecretsVersion.known, known < first else { continue }
        (server, version, needed) = (
          "External Secrets Operator \(known)", cluster.externalSecretsVersion.span, first.description
        )
      }
      // One old release is one mistake, however many kinds it lacks.
      guard judged.insert(version).inserted else { continue }
      findings.add(
        "\(server) serves no \(api.kind) (`\(api.apiVersion)`)", at: version, label: "too old for it",
        related: [Diagnostic.Label(origin, "this calls for one")], help: ["upgrade to \(needed) or newer"])
    }
  }
}
