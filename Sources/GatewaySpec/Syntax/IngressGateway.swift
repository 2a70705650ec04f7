// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// The Gateway (Gateway API) that the route is attached to: one that stands, or one of the gateway's own.
public struct IngressGateway: SpecSection {
  public static let summary: StaticString =
    "The Gateway that the route is attached to: one that stands, or one of its own."

  public let name: Setting<KubernetesSubdomain>?
  public let namespace: Setting<KubernetesLabelName>?
  public let listener: Setting<KubernetesSubdomain>?
  public let className: Setting<KubernetesSubdomain>?

  public init(from fields: inout FieldReader) {
    name = fields.optional("name", "A Gateway that stands; its listener has the certificate.")
    namespace = fields.optional("namespace", "Its namespace.", omission: "the namespace of the route")
    listener = fields.optional("listener", "The listener of it that takes the route.", omission: "all that fit")
    className = fields.optional(
      "className", "The GatewayClass of a Gateway of its own, with one listener for the host and its certificate.")
    fields.exclusive(
      [("name", name?.keySpan), ("className", className?.keySpan)], isRequired: true,
      reason: "the route is attached to a Gateway that stands or to one of its own")
  }
}

extension IngressSection {
  /// The namespace of the pods that carry the traffic: the written one, else where the controller's chart puts them. A
  /// Gateway's pods are taken to run beside it.
  public func trafficNamespace(of spec: GatewaySpec) -> Setting<KubernetesLabelName> {
    if let controllerNamespace { return controllerNamespace }
    switch controller.value {
    case .nginx: return Setting(KubernetesLabelName(constant: "ingress-nginx"), at: controller.span, .defaulted)
    case .traefik: return Setting(KubernetesLabelName(constant: "traefik"), at: controller.span, .defaulted)
    case .gatewayAPI: return gateway?.value.namespace ?? spec.metadata.value.namespace
    }
  }
}
