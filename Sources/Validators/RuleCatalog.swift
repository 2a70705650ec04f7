import GatewaySpec
public import SourceDiagnostics
import VaultPolicy
import YAMLSyntax

/// Everything that can be found in a spec, by whichever floor: the source of `sluice explain` and of the rule pages.
public enum RuleCatalog {
  /// All kinds of findings below the compiler, by code.
  public static let all: [RuleDescription] =
    (YAMLMistakes.all + ShapeMistakes.all + SuppressionMistakes.all + PolicyMistakes.all
    + RuleRegistry.all.map(\.description))
    .sorted { $0.code < $1.code }

  private static let byCode = Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
  private static let bySlug = Dictionary(all.map { ($0.slug, $0) }, uniquingKeysWith: { first, _ in first })
  private static let rules = Set(RuleRegistry.all.map(\.description.code))

  /// The kind of a code.
  static func rule(_ code: DiagnosticCode) -> RuleDescription? { byCode[code] }

  /// The kind of a code or a slug as people write it.
  static func rule(named name: String) -> RuleDescription? {
    DiagnosticCode(parsing: name).flatMap { byCode[$0] } ?? bySlug[name]
  }

  /// Every code and slug.
  static var names: [String] { all.map(\.slug) + all.map(\.code.description) }

  /// Whether a rule over the whole spec finds it, and not the reading of a file.
  static func isRule(_ code: DiagnosticCode) -> Bool { rules.contains(code) }
}
