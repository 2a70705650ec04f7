import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let apiVersionNotServed = Rule(
    6009, "api-version-not-served", .error,
    summary: "the cluster does not know the API version of an object that is compiled",
    rationale: """
      An API server answers "no matches for kind" to a version that it does not serve, and the object is not there: no
      secrets, no autoscaler. Kubernetes drops old versions of its APIs and so does External Secrets Operator: it serves
      `external-secrets.io/v1` since 0.16 and `v1beta1` no longer since 0.17. The compiler writes the versions that last.
      """,
    examples: [
      .flagged("cluster: { externalSecretsVersion: ⟦0.9.20⟧ }\n"),
      .flagged(
        "cluster: { kubernetesVersion: ⟦\"1.22\"⟧ }\nautoscaling: { min: 2, max: 4, cpu: 70% }\n"),
      .allowed("cluster: { kubernetesVersion: \"1.27\", externalSecretsVersion: 0.16.2 }\n"),
    ]
  ) { context, findings in
    let cluster = context.spec.cluster.value
    if let version = cluster.kubernetesVersion.known, cluster.kubernetesVersion.isWritten {
      for object in CompiledAPI.ofKubernetes where version < object.served && object.isCompiled(context.spec) {
        findings.add(
          "Kubernetes \(version) does not serve `\(object.version)`, in which the \(object.kind) is compiled",
          at: cluster.kubernetesVersion.span, label: "served since \(object.served)",
          help: ["upgrade the cluster to \(CompiledAPI.oldestKubernetes(for: context.spec)) or newer"])
        break
      }
    }
    if let version = cluster.externalSecretsVersion.known, cluster.externalSecretsVersion.isWritten,
      context.spec.secrets.value.delivery.known == .externalSecrets, version < CompiledAPI.externalSecrets
    {
      findings.add(
        "External Secrets Operator \(version) does not serve `external-secrets.io/v1`",
        at: cluster.externalSecretsVersion.span, label: "served since \(CompiledAPI.externalSecrets)",
        help: ["upgrade the operator; 0.16 serves both versions, so that stores can be moved one by one"])
    }
  }
}
