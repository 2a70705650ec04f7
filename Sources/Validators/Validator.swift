public import GatewaySpec
public import SourceDiagnostics

/// A spec in which no rule found an error: the only thing that the compiler and the runtime accept.
///
/// Only ``Validator`` makes one, so "did somebody validate this?" is a question of type.
public struct ValidatedSpec: Sendable {
  /// The spec as it holds for ``environment``.
  public let spec: GatewaySpec
  /// The Vault policies with their rules.
  public let policies: [LoadedPolicy]
  /// The environment, or `nil` for the base.
  public let environment: String?
  /// The files that spans point into.
  public let sources: SourceMap
  /// The file of the spec.
  public let file: SourceFile

  fileprivate init(_ variant: SpecVariant, of loaded: LoadedSpec) {
    spec = variant.spec
    policies = variant.policies
    environment = variant.environment
    sources = loaded.sources
    file = loaded.file
  }
}

/// Runs the rules over a spec and all its environments.
public enum Validator {
  /// What came out.
  public struct Outcome: Sendable {
    /// Everything that parser, decoder and rules have found, in the order of display, none twice.
    public let diagnostics: [Diagnostic]
    private let loaded: LoadedSpec

    fileprivate init(_ diagnostics: [Diagnostic], _ loaded: LoadedSpec) {
      self.diagnostics = diagnostics
      self.loaded = loaded
    }

    /// The spec for an environment, or for none. `nil` if there is an error anywhere, or no such environment: an error in
    /// one environment stops them all, for they are one file.
    public func validated(environment: String? = nil) -> ValidatedSpec? {
      guard !diagnostics.hasErrors, let variant = loaded.variant(environment) else { return nil }
      return ValidatedSpec(variant, of: loaded)
    }

    /// The spec for each environment, in the order of the file; none if there is an error anywhere.
    public var validatedEnvironments: [ValidatedSpec] {
      diagnostics.hasErrors ? [] : loaded.environments.map { ValidatedSpec($0, of: loaded) }
    }
  }

  /// Runs all rules over the base and over each environment.
  public static func validate(_ loaded: LoadedSpec, rules: [Rule] = RuleRegistry.all) -> Outcome {
    // Where the YAML is broken, anything may be missing.
    let isBroken = loaded.diagnostics.contains { $0.code.category == .yaml && $0.severity == .error }
    let rules = isBroken ? rules.filter { !$0.concludesFromAbsence } : rules
    var diagnostics = loaded.diagnostics + findings(in: loaded.base, of: loaded, rules)
    let misspelt = Set(loaded.diagnostics.filter { $0.code == ShapeMistakes.unknownKey.code }.map(\.environment))
    for variant in loaded.environments {
      // What an environment says is merged key by key. With a misspelt key, its own or the base's, nothing is known of
      // the result.
      guard let name = variant.environment, !misspelt.contains(nil), !misspelt.contains(name) else { continue }
      diagnostics += findings(in: variant, of: loaded, rules).map { $0.inEnvironment(name) }
    }
    return Outcome(diagnostics.withoutInherited().sortedForDisplay(), loaded)
  }

  private static func findings(in variant: SpecVariant, of loaded: LoadedSpec, _ rules: [Rule]) -> [Diagnostic] {
    let context = RuleContext(variant, loaded.sources)
    return rules.flatMap { rule in
      var findings = Findings(of: rule)
      rule.check(context, &findings)
      return findings.diagnostics
    }
  }
}
