import Emitters
import GatewaySpec
import SourceDiagnostics

/// What all manifests share: names, labels and settings, worked out once.
struct ManifestContext: Sendable {
  let compilation: CompilationContext
  /// The labels by which Services, budgets and policies find the pods; a Deployment's never change.
  let selectorLabels: YAMLValue
  /// The files of the container's configuration.
  let configurationFiles: [ConfigurationFile]
  /// A hash of them.
  let configurationHash: String
  private let labelEntries: [YAMLValue.Entry]

  init(_ compilation: CompilationContext) {
    self.compilation = compilation
    configurationFiles = ConfigurationFile.all(compilation)
    configurationHash = ConfigurationFile.hash(of: configurationFiles)
    let spec = compilation.spec
    let metadata = spec.metadata.value
    let engine = spec.engine.value
    let instance = metadata.name.yaml
    labelEntries = [
      .init("app.kubernetes.io/name", engine.type.yaml),
      .init("app.kubernetes.io/instance", instance),
      .init("app.kubernetes.io/version", .string(engine.version.value.labelValue).from(engine.version.span)),
      .init("app.kubernetes.io/part-of", instance),
      .init("app.kubernetes.io/managed-by", "sluice"),
    ]
    selectorLabels = ["app.kubernetes.io/instance": instance, "app.kubernetes.io/component": "gateway"]
  }

  var spec: GatewaySpec { compilation.spec }
  var secrets: SecretPlan { compilation.secrets }
  var engine: EngineDescriptor { spec.engine.value.descriptor }
  /// The name of the gateway, which is the name of its main objects.
  var name: String { spec.metadata.value.name.value.text }
  var namespace: String { spec.metadata.value.namespace.value.text }
  /// The name of the ConfigMap.
  var configMapName: String { name + "-config" }
  /// The name of the container port, of the Service port and of what probes and routes refer to.
  var portName: String { "http" }
  /// The oldest Kubernetes release that the manifests must work on.
  var kubernetesVersion: KubernetesVersion { spec.cluster.value.kubernetesVersion.value }

  /// Whether the release acts on a field by itself; one that it does not know is left out.
  func knows(_ field: KubernetesField) -> Bool { kubernetesVersion >= field.since }

  /// Whether a manifest of this spec would have the field. LiteLLM's image has a `sleep` of its own.
  func uses(_ field: KubernetesField) -> Bool {
    switch field {
    case .unhealthyPodEvictionPolicy: disruptionOrigin != nil
    case .matchLabelKeys: true
    case .sleep: spec.engine.value.type.value == .sluice
    }
  }

  /// The labels that every object has; a label of the spec cannot replace one of them.
  static let reservedLabels: Set<String> = [
    "app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/part-of",
    "app.kubernetes.io/managed-by", "app.kubernetes.io/component",
  ]

  /// The labels of an object, `component` telling pods of one gateway apart.
  func labels(component: String? = nil, and more: [YAMLValue.Entry] = []) -> YAMLValue {
    var entries = labelEntries
    if let component { entries.append(.init("app.kubernetes.io/component", .string(component))) }
    for label in spec.metadata.value.labels.value where !Self.reservedLabels.contains(label.name.value.text) {
      entries.append(.init(label.name.value.text, label.setting.yaml))
    }
    return .mapping(entries + more)
  }

  /// The metadata of an object in the gateway's namespace. Annotations of the spec replace those given here.
  func metadata(
    _ objectName: String, component: String? = nil, annotations: [YAMLValue.Entry] = [], from origin: SourceSpan? = nil
  ) -> YAMLValue {
    [
      "name": .string(objectName).from(origin ?? spec.metadata.value.name.span),
      "namespace": spec.metadata.value.namespace.yaml,
      "labels": labels(component: component),
      "annotations": self.annotations(annotations),
    ]
  }

  /// Annotations of an object, or `nil` if there are none.
  func annotations(_ own: [YAMLValue.Entry]) -> YAMLValue? {
    let written = spec.metadata.value.annotations.value
    let entries = Self.merged(own, written.map { ($0.name.value.text, $0.setting.yaml) })
    return entries.isEmpty ? nil : .mapping(entries)
  }

  /// The entries with others laid over them.
  static func merged(
    _ entries: [YAMLValue.Entry], _ overlay: [(key: String, value: YAMLValue)]
  ) -> [YAMLValue.Entry] {
    var merged = entries
    var indexByKey = Dictionary(entries.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    for (key, value) in overlay {
      if let index = indexByKey[key] {
        merged[index].value = value
      } else {
        indexByKey[key] = merged.count
        merged.append(.init(key, value))
      }
    }
    return merged
  }
}

extension EngineVersion {
  /// The version as the value of a label, which has no `+`.
  fileprivate var labelValue: String { String(text.prefix(63).map { $0 == "+" ? "_" : $0 }) }
}
