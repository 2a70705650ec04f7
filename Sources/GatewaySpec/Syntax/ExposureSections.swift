// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// How the gateway is reached from outside.
public struct IngressSection: SpecSection {
  public static let summary: StaticString = "How the gateway is reached from outside."

  public let host: Setting<WildcardHostName>
  public let controller: Setting<IngressController>
  public let className: Setting<KubernetesSubdomain>?
  public let gateway: Setting<IngressGateway>?
  public let controllerNamespace: Setting<KubernetesLabelName>?
  public let tls: Setting<IngressTLS>?
  public let paths: Setting<SpecList<HTTPPath>>?
  public let annotations: Setting<NamedEntries<KubernetesLabelKey, PlainText>>

  public init(from fields: inout FieldReader) {
    host = fields.required("host", "The host name that clients call.")
    controller = fields.defaulted("controller", "What carries the traffic into the cluster.", to: .nginx)
    className = fields.optional(
      "className", "The IngressClass (nginx, traefik).", omission: "the name of the controller")
    gateway = fields.optional("gateway", "The Gateway that the route is attached to (gateway-api).")
    controllerNamespace = fields.optional(
      "controllerNamespace", "The namespace of the pods that carry the traffic, which the network policy lets in.",
      omission: "`ingress-nginx`, `traefik`, or the namespace of the Gateway")
    tls = fields.optional("tls", "The certificate of the host.", omission: "plain HTTP, which is a finding")
    paths = fields.optional("paths", "The path prefixes that are published.", omission: "`/v1`")
    annotations = fields.section("annotations", "Further annotations of the Ingress.")
  }

  /// The path prefixes that are published when none are written.
  public static let defaultPaths: [HTTPPath] = [HTTPPath(constant: "/v1")]
  /// The path prefixes that are published.
  public var effectivePaths: [HTTPPath] { paths?.value.map(\.value) ?? Self.defaultPaths }
  /// The IngressClass.
  public var effectiveClassName: String { className?.value.text ?? controller.value.rawValue }
}

/// What carries traffic into the cluster.
public enum IngressController: String, SpecChoice {
  case nginx, traefik
  case gatewayAPI = "gateway-api"
}

/// The certificate of the published host.
public struct IngressTLS: SpecSection {
  public static let summary: StaticString = "The certificate of the published host."

  public let secretName: Setting<KubernetesSubdomain>
  public let clusterIssuer: Setting<KubernetesSubdomain>?
  public let issuer: Setting<KubernetesSubdomain>?

  public init(from fields: inout FieldReader) {
    secretName = fields.required("secretName", "The Secret that holds the certificate.")
    clusterIssuer = fields.optional("clusterIssuer", "The cert-manager ClusterIssuer that makes it.")
    issuer = fields.optional("issuer", "The cert-manager Issuer that makes it.")
    fields.exclusive(
      [("clusterIssuer", clusterIssuer?.keySpan), ("issuer", issuer?.keySpan)], isRequired: false,
      reason: "cert-manager takes one issuer and refuses both (event `BadConfig`)")
  }
}

/// How many replicas run, by load.
public struct AutoscalingSection: SpecSection {
  public static let summary: StaticString = "How many replicas run, by load."

  public let min: Setting<Int>
  public let max: Setting<Int>
  public let cpu: Setting<Percentage>?
  public let memory: Setting<Percentage>?

  public init(from fields: inout FieldReader) {
    min = fields.defaulted("min", "The fewest replicas.", to: 2, in: 1...1000)
    max = fields.required("max", "The most replicas.")
    cpu = fields.optional("cpu", "The CPU use, as a share of the request, that is aimed at.")
    memory = fields.optional("memory", "The memory use, as a share of the request, that is aimed at.")
    fields.needsOne(
      of: [("cpu", cpu?.keySpan), ("memory", memory?.keySpan)], reason: "an autoscaler needs something to aim at")
  }
}

/// How many replicas may be away during maintenance.
public struct DisruptionSection: SpecSection {
  public static let summary: StaticString = "How many replicas may be away during maintenance."

  public let maxUnavailable: Setting<CountOrPercentage>?
  public let minAvailable: Setting<CountOrPercentage>?

  public init(from fields: inout FieldReader) {
    maxUnavailable = fields.optional("maxUnavailable", "How many may be away.")
    minAvailable = fields.optional("minAvailable", "How many must stay.")
    fields.exclusive(
      [("maxUnavailable", maxUnavailable?.keySpan), ("minAvailable", minAvailable?.keySpan)], isRequired: true,
      reason: "a PodDisruptionBudget takes one of them")
  }
}

/// A count of pods, or a share of them.
public enum CountOrPercentage: SpecScalar {
  case count(Int)
  case percentage(Percentage)

  public init(parsing text: String) throws(ScalarMistake) {
    if text.hasSuffix("%") {
      self = .percentage(try Percentage(parsing: text))
    } else if let count = try? Int(parsing: text), count >= 0 {
      self = .count(count)
    } else {
      throw ScalarMistake(
        headline: "`\(text)` is neither a number of pods nor a percentage", help: "write a number such as `1` or `25%`")
    }
  }

  public static var expectation: String { "a number of pods or a percentage" }
  public static var samples: [String] { ["1", "25%"] }
  public static var placeholder: CountOrPercentage { .count(1) }
  public static var schema: ScalarSchema { ScalarSchema(["integer", "string"], pattern: "^[0-9]+%?$", minimum: 0) }

  public var description: String {
    switch self {
    case .count(let count): String(count)
    case .percentage(let percentage): percentage.description
    }
  }
}
