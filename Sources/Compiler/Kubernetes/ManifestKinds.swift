import Emitters

/// One file of manifests: its name and what stands in it.
struct ManifestKind: Sendable {
  let fileName: String
  /// The objects, in order; none if the spec does not call for any.
  let objects: @Sendable (ManifestContext) -> [YAMLValue]

  init(_ fileName: String, objects: @escaping @Sendable (ManifestContext) -> [YAMLValue]) {
    self.fileName = fileName
    self.objects = objects
  }

  /// A file that holds one object or is left out.
  init(single fileName: String, object: @escaping @Sendable (ManifestContext) -> YAMLValue?) {
    self.init(fileName) { gateway in object(gateway).map { [$0] } ?? [] }
  }
}

/// A file of manifests, made for one gateway.
typealias ManifestFile = (name: String, objects: [YAMLValue])

extension ManifestKind {
  /// The files that a gateway calls for.
  static func files(of gateway: ManifestContext) -> [ManifestFile] {
    all.compactMap { kind in
      let objects = kind.objects(gateway)
      return objects.isEmpty ? nil : (kind.fileName, objects)
    }
  }

  /// All kinds in the order in which a cluster wants them. Adding one is writing its file and adding its line here.
  static let all: [ManifestKind] = [
    .namespace,
    .serviceAccounts,
    .secretStores,
    .vaultDynamicSecrets,
    .externalSecrets,
    .configMap,
    .migrationJob,
    .deployment,
    .service,
    .serversTransport,
    .ingress,
    .certificate,
    .gateway,
    .httpRoute,
    .horizontalPodAutoscaler,
    .podDisruptionBudget,
    .networkPolicy,
    .serviceMonitor,
  ]
}
