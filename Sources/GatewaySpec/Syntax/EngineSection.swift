// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// What runs in the pods.
public struct EngineSection: SpecSection {
  public static let summary: StaticString = "What runs in the pods."

  public let type: Setting<EngineType>
  public let version: Setting<EngineVersion>
  public let image: Setting<ImageReference>?
  public let imagePullSecrets: Setting<SpecList<KubernetesSubdomain>>?
  public let replicas: Setting<Int>
  public let priorityClass: Setting<KubernetesSubdomain>?
  public let env: Setting<NamedEntries<EnvironmentVariableName, PlainText>>
  public let settings: Setting<FreeValue>?

  public init(from fields: inout FieldReader) {
    type = fields.defaulted("type", "LiteLLM, or Sluice's own runtime.", to: .sluice)
    let given: Setting<EngineVersion>? = fields.optional(
      "version", "Selects the endpoint table and the settings that are known.",
      omission: "the newest release that Sluice knows")
    version = given ?? Setting(type.value.descriptor.newestVersion, at: type.span, .defaulted)
    image = fields.optional(
      "image", "The container image, with a digest.", omission: "the engine's own image of that version")
    imagePullSecrets = fields.optional(
      "imagePullSecrets", "The Secrets that open the image's registry.", omission: "the nodes' own credentials")
    replicas = fields.defaulted("replicas", "How many pods run, unless `autoscaling` decides.", to: 2, in: 0...1000)
    priorityClass = fields.optional(
      "priorityClass", "The PriorityClass of the pods: who makes room when a node is full.",
      omission: "the cluster's default")
    env = fields.section("env", "Environment variables that are no secret.")
    settings = fields.optional("settings", "Settings of the engine itself, as it reads them.")
  }

  /// What the catalogue knows about the engine.
  public var descriptor: EngineDescriptor { type.value.descriptor }
}
