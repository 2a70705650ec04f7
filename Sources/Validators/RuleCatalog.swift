import GatewaySpec
public import SourceDiagnostics
import VaultPolicy
import YAMLSyntax

/// Everything that can be found in a spec, by whichever floor: the source of `sluice explain` and of the rule pages.
public enum RuleCatalog {
  /// All kinds of findings below the compiler, by code.
  public static let all: [RuleDescription] =
    (YAMLMistakes.all + ShapeMistakes.all + PolicyMistakes.all + RuleRegistry.all.map(\.description))
    .sorted { $0.code < $1.code }
}
