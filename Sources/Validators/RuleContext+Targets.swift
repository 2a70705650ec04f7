import GatewaySpec

/// A model of a provider: what a request is sent to.
struct TargetPlace: Hashable {
  let provider: EntryName
  let model: ProviderModelName
}

/// What rules ask about the models and what serves them.
extension RuleContext {
  /// The targets of all models that could be read.
  var targets: [Setting<TargetSection>] {
    spec.models.value.flatMap { $0.value.targets.known?.elements ?? [] }
  }

  /// What each model is served by; models of which not all targets could be read are left out.
  var targetPlaces: [ModelName: Set<TargetPlace>] {
    var places: [ModelName: Set<TargetPlace>] = [:]
    for model in spec.models.value {
      guard let targets = model.value.targets.known, targets.isComplete, !targets.isEmpty else { continue }
      let own = targets.compactMap { target -> TargetPlace? in
        guard let provider = target.value.provider.known, let name = target.value.model.known else { return nil }
        return TargetPlace(provider: provider, model: name)
      }
      if own.count == targets.count { places[model.name.value] = Set(own) }
    }
    return places
  }

  /// The provider of a target where its public address is asked; `nil` where it has another one or could not be read.
  func publicProvider(of target: TargetSection) -> ProviderDescriptor? {
    guard let name = target.provider.known, let provider = spec.providers.value[name], !provider.setting.isInvalid,
      provider.value.baseURL == nil
    else { return nil }
    return provider.value.type.known?.descriptor
  }
}
