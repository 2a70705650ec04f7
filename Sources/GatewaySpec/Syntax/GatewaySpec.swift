// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// The whole spec: one gateway and everything that its deployment needs.
///
/// A value of this type may hold placeholders and contradictions; only a `ValidatedSpec` is free of them.
public struct GatewaySpec: SpecSection {
  public static let summary: StaticString = "One gateway and everything that its deployment needs."

  /// The version of the language.
  public let apiVersion: Setting<APIVersion>
  /// The kind of document.
  public let kind: Setting<DocumentKind>
  public let metadata: Setting<MetadataSection>
  public let cluster: Setting<ClusterSection>
  public let engine: Setting<EngineSection>
  public let server: Setting<ServerSection>
  public let resources: Setting<ResourcesSection>
  public let bounds: Setting<BoundsSection>
  public let vault: Setting<VaultSection>?
  public let secrets: Setting<SecretsSection>
  public let auth: Setting<AuthSection>
  public let database: Setting<DatabaseSection>?
  public let providers: Setting<NamedEntries<EntryName, ProviderSection>>
  public let models: Setting<NamedEntries<ModelName, ModelSection>>
  public let routing: Setting<RoutingSection>
  public let ingress: Setting<IngressSection>?
  public let autoscaling: Setting<AutoscalingSection>?
  public let disruption: Setting<DisruptionSection>?
  public let network: Setting<NetworkSection>
  public let observability: Setting<ObservabilitySection>
  /// Overlays by environment. They are merged before decoding, so that here they are only names.
  public let environments: Setting<NamedEntries<EntryName, FreeValue>>

  public init(from fields: inout FieldReader) {
    apiVersion = fields.required("apiVersion", "The version of the language that the file is written in.")
    kind = fields.required("kind", "What the file describes.")
    metadata = fields.required("metadata", "Name, namespace and labels of everything that is compiled.")
    cluster = fields.section("cluster", "The versions of what the manifests are applied to.")
    engine = fields.section("engine", "What runs in the pods.")
    server = fields.section("server", "How the gateway listens, and how Kubernetes watches it.")
    resources = fields.section("resources", "CPU and memory of one replica.")
    bounds = fields.section("bounds", "What the organisation allows; findings name the bound that is broken.")
    vault = fields.optional("vault", "The Vault server: its mounts, policies and logins.")
    secrets = fields.section("secrets", "Every secret that the gateway uses, declared once and referred to by name.")
    auth = fields.section("auth", "Who may call the gateway.")
    database = fields.optional(
      "database", "The PostgreSQL database.", omission: "nothing is stored beyond the process")
    providers = fields.section("providers", "The AI providers that models are served by.")
    models = fields.section("models", "The models that clients see, and what serves each of them.")
    routing = fields.section("routing", "How a request finds its target, and what happens when the target fails.")
    ingress = fields.optional(
      "ingress", "How the gateway is reached from outside.", omission: "inside the cluster only")
    autoscaling = fields.optional("autoscaling", "How many replicas run, by load.", omission: "`engine.replicas`")
    disruption = fields.optional(
      "disruption", "How many replicas may be away during maintenance.",
      omission: "one, when there are two or more")
    network = fields.section("network", "Which connections pods may make and take.")
    observability = fields.section("observability", "Metrics, logs and traces.")
    environments = fields.section(
      "environments", "Overlays by environment: what differs from the rest of the file, merged key by key.")
  }
}

/// The version of the language.
public enum APIVersion: String, SpecChoice {
  case v1 = "sluice/v1"
}

/// The kind of document.
public enum DocumentKind: String, SpecChoice {
  case gateway = "Gateway"
}

/// Name, namespace and labels of everything that is compiled.
public struct MetadataSection: SpecSection {
  public static let summary: StaticString = "Name, namespace and labels of everything that is compiled."

  public let name: Setting<KubernetesLabelName>
  public let namespace: Setting<KubernetesLabelName>
  public let labels: Setting<NamedEntries<KubernetesLabelKey, KubernetesLabelValue>>
  public let annotations: Setting<NamedEntries<KubernetesLabelKey, PlainText>>

  public init(from fields: inout FieldReader) {
    name = fields.required("name", "The name of the gateway; every object is named after it.")
    let given: Setting<KubernetesLabelName>? = fields.optional(
      "namespace", "The namespace of every object.", omission: "the name of the gateway")
    namespace = given ?? Setting(name.value, at: name.span, name.isInvalid ? .invalid : .defaulted)
    labels = fields.section("labels", "Labels of every object.")
    annotations = fields.section("annotations", "Annotations of every object.")
  }
}

/// The versions of what the manifests are applied to.
public struct ClusterSection: SpecSection {
  public static let summary: StaticString = "The versions of what the manifests are applied to."

  public let kubernetesVersion: Setting<KubernetesVersion>
  public let externalSecretsVersion: Setting<EngineVersion>
  public let vaultVersion: Setting<EngineVersion>

  public init(from fields: inout FieldReader) {
    kubernetesVersion = fields.defaulted(
      "kubernetesVersion", "The oldest Kubernetes release that the manifests must work on.",
      to: KubernetesVersion(constant: "1.31"))
    externalSecretsVersion = fields.defaulted(
      "externalSecretsVersion", "The release of External Secrets Operator in the cluster.",
      to: EngineVersion(constant: "2.9.0"))
    vaultVersion = fields.defaulted(
      "vaultVersion", "The release of Vault; releases differ in how they evaluate LIST.",
      to: EngineVersion(constant: "2.0.3"))
  }
}
