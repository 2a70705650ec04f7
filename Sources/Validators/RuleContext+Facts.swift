import GatewaySpec
import SourceDiagnostics

extension RuleContext {
  /// The engine, or `nil` where another finding has called it unreadable.
  var knownEngine: EngineType? { spec.engine.isInvalid ? nil : spec.engine.value.type.known }

  /// Whether the spec gives the engine no master key, neither under `auth` nor past it.
  var lacksMasterKey: Bool {
    guard let knownEngine, !spec.auth.isInvalid, spec.auth.value.masterKey == nil else { return false }
    return knownEngine != .litellm || environmentValue("LITELLM_MASTER_KEY") == nil
  }

  /// Whether the engine starts without a master key and then answers anybody.
  var startsWithoutMasterKey: Bool {
    let permission = "LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY"
    return lacksMasterKey && (knownEngine != .litellm || environmentValue(permission)?.value.isTrue == true)
  }

  /// The most replicas that may run at once, and the place that says so; `nil` where that could not be read.
  var mostReplicas: Setting<Int>? {
    if let autoscaling = spec.autoscaling {
      guard let maximum = autoscaling.known?.max, !maximum.isInvalid else { return nil }
      return maximum
    }
    let replicas = spec.engine.value.replicas
    return spec.engine.isInvalid || replicas.isInvalid ? nil : replicas
  }

  /// The fewest replicas that run, and the place that says so; `nil` where that could not be read.
  var fewestReplicas: Setting<Int>? {
    let replicas = spec.autoscaling.map { $0.value.min } ?? spec.engine.value.replicas
    return spec.autoscaling?.isInvalid == true || spec.engine.isInvalid || replicas.isInvalid ? nil : replicas
  }

  /// Whether every use of a secret could be read, so that a secret without one is known to be unused.
  var areSecretUsesComplete: Bool {
    if spec.auth.isInvalid || spec.providers.isInvalid || spec.database?.isInvalid == true { return false }
    let auth = spec.auth.value
    var references = [auth.masterKey, auth.saltKey, spec.database?.value.url]
    references += auth.keys.value.map(\.value.key) + spec.providers.value.flatMap(\.value.secretReferences)
    return !auth.keys.isInvalid && auth.keys.value.allSatisfy { !$0.setting.isInvalid }
      && spec.providers.value.allSatisfy { !$0.setting.isInvalid }
      && references.allSatisfy { $0?.isInvalid != true && $0?.value.secret.isInvalid != true }
  }

  /// Providers whose public API asks for a key that the spec does not give.
  var providersWithoutKey: [NamedEntry<EntryName, ProviderSection>] {
    spec.providers.value.filter { provider in
      guard !provider.setting.isInvalid, let type = provider.value.type.known else { return false }
      return type.descriptor.needsKey && !provider.value.hasCredential && provider.value.baseURL == nil
    }
  }

  /// Whether the mounts of Vault could all be read, so that a path on none of them is known to be on none.
  func hasReadableMounts(_ vault: VaultSection) -> Bool {
    guard !vault.mounts.isInvalid, let name = try? VaultMountPath(parsing: "-") else { return false }
    // A map that lost an entry cannot say that a name is missing.
    return vault.mounts.isMissing(name) && vault.mounts.value.allSatisfy { !$0.setting.isInvalid }
  }

  /// A setting of the engine, by its name.
  func engineSetting(_ name: String) -> Setting<FreeValue>? {
    guard let settings = spec.engine.value.settings?.known, case .map(let entries) = settings else { return nil }
    return entries.first { $0.key == name }?.value
  }

  /// What is written in an environment variable of the engine.
  func environmentValue(_ name: String) -> Setting<PlainText>? {
    guard !spec.engine.isInvalid else { return nil }
    return spec.engine.value.env.value.first { $0.name.value.text == name }?.setting
  }
}

extension Setting {
  /// Whether a map is known to have no entry of that name. One that is left out has none; one that could not be read may
  /// have any.
  func isMissing<Name, Entry>(_ name: Name) -> Bool where Value == NamedEntries<Name, Entry> {
    if !isInvalid, case .missing = value.lookUp(name) { return true }
    return false
  }
}

extension PlainText {
  /// Whether LiteLLM takes it for yes.
  var isTrue: Bool { ["true", "1", "yes", "on"].contains(text.lowercased()) }
}
