public import GatewaySpec
public import SourceDiagnostics

/// A spec in which no rule found an error that is not silenced: the only thing that the compiler and the runtime accept.
///
/// What a comment may silence says ``Suppressibility``: a spec that could not be read, or a name that refers to nothing,
/// never gets here.
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
    /// Everything that parser, decoder and rules have found and no comment silences, in the order of display, none twice.
    public let diagnostics: [Diagnostic]
    /// What comments silence, in the same order.
    public let suppressed: [Diagnostic]
    private let loaded: LoadedSpec

    fileprivate init(_ diagnostics: [Diagnostic], suppressed: [Diagnostic], _ loaded: LoadedSpec) {
      self.diagnostics = diagnostics
      self.suppressed = suppressed
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

  /// Runs all rules over the base and over each environment, and silences what comments say.
  ///
  /// - Parameters:
  ///   - loaded: the spec.
  ///   - rules: the rules.
  ///   - today: the day by which suppressions expire. Only the linter gives one: what is compiled and served is a function
  ///     of the spec alone, so without a day every suppression holds.
  public static func validate(
    _ loaded: LoadedSpec, rules: [Rule] = RuleRegistry.all, today: CalendarDate? = nil
  ) -> Outcome {
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
    let suppressions = SuppressionSet(loaded)
    let judged = suppressions.apply(
      to: diagnostics.withoutInherited(), today: today, asked: { kinds(soughtIn: loaded, rules) })
    return Outcome(judged.kept.sortedForDisplay(), suppressed: judged.suppressed.sortedForDisplay(), loaded)
  }

  /// The kinds of findings whose absence is known. A mistake of form keeps rules silent about what it hides.
  private static func kinds(soughtIn loaded: LoadedSpec, _ rules: [Rule]) -> Set<DiagnosticCode> {
    if loaded.diagnostics.hasErrors { return [] }
    let sought = Set(rules.map(\.description.code))
    return Set(RuleCatalog.all.map(\.code).filter { !RuleCatalog.isRule($0) }).union(sought)
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
