public import GatewaySpec
import SourceDiagnostics
import VaultPolicy

/// What a rule looks at: the spec of one environment and what several rules would otherwise each work out.
public struct RuleContext: Sendable {
  /// The spec of one environment.
  public let spec: GatewaySpec
  /// The policies of the spec with their rules.
  public let policies: [LoadedPolicy]
  /// Every use of a secret.
  public let secretUses: [SecretUse]
  /// What the catalogue knows about the engine.
  public var engine: EngineDescriptor { spec.engine.value.descriptor }
  /// Which secrets are read from Vault, by whom, and what that login may not read.
  let vaultScope: VaultScope
  /// The written policies as tokens carry them, weighed against each other.
  private(set) var tokens: [TokenPolicies] = []
  /// The files that spans point into, for fixes that have to look at the text around a place.
  let sources: SourceMap

  init(_ variant: SpecVariant, _ sources: SourceMap) {
    spec = variant.spec
    policies = variant.policies
    secretUses = variant.spec.secretUses
    vaultScope = VaultScope(variant.spec, variant.policies)
    self.sources = sources
    tokens = policiesByToken().map { group in
      TokenPolicies(group.map(\.policy), on: keyValueMounts, isExplained: vaultScope.blames)
    }
  }

  /// The engine as people call it: name and version.
  var engineName: String { "\(engine.displayName) \(spec.engine.value.version.value)" }

  /// The place where the engine is chosen, for a related label; `nil` if it is left out.
  var engineLabel: [Diagnostic.Label] {
    let type = spec.engine.value.type
    return type.isWritten ? [Diagnostic.Label(type.span, "the engine is chosen here")] : []
  }
}
