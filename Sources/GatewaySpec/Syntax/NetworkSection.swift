// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// Which connections pods may make and take.
public struct NetworkSection: SpecSection {
  public static let summary: StaticString = "Which connections pods may make and take."

  public let policy: Setting<NetworkPolicyMode>
  public let callers: Setting<SpecList<KubernetesLabelName>>?
  public let egress: Setting<SpecList<NetworkDestination>>?
  public let dns: Setting<DNSSection>

  public init(from fields: inout FieldReader) {
    policy = fields.defaulted(
      "policy", "Default deny with exactly what the spec implies, or no policy at all.", to: .strict)
    callers = fields.optional(
      "callers", "The namespaces whose pods may call the gateway past the ingress.",
      omission: "the gateway's own namespace")
    egress = fields.optional(
      "egress", "Where the pods connect to besides providers, Vault, the database and the collector of traces.",
      omission: "nowhere else")
    dns = fields.section("dns", "Where the cluster's DNS pods are.")
  }
}

/// Whether a NetworkPolicy is compiled.
public enum NetworkPolicyMode: String, SpecChoice {
  case strict, none
}

/// Where the cluster's DNS pods are.
public struct DNSSection: SpecSection {
  public static let summary: StaticString = "Where the cluster's DNS pods are."

  public let namespace: Setting<KubernetesLabelName>
  public let port: Setting<Port>

  public init(from fields: inout FieldReader) {
    namespace = fields.defaulted(
      "namespace", "Their namespace; OpenShift's is `openshift-dns`.", to: KubernetesLabelName(constant: "kube-system"))
    port = fields.defaulted(
      "port", "The port on which they listen, which need not be the Service's; OpenShift's is 5353.",
      to: Port(constant: "53"))
  }
}
