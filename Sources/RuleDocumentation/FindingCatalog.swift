import Compiler
import GatewayRuntime
public import SourceDiagnostics
import Validators

/// Every kind of finding that any floor makes.
public enum FindingCatalog {
  /// All kinds, by code.
  public static let all: [RuleDescription] =
    (RuleCatalog.all + OutputMistakes.all + ServeMistakes.all).sorted { $0.code < $1.code }

  /// The kind of a code, in either case, or of a slug.
  public static func rule(named name: String) -> RuleDescription? {
    let code = DiagnosticCode(parsing: name)
    return all.first { $0.code == code || $0.slug == name }
  }

  /// The code or slug that was probably meant.
  public static func nearestName(to name: String) -> String? {
    NameSuggestion.nearest(to: name, among: all.map(\.slug) + all.map(\.code.description))
  }
}
