public import GatewaySpec
public import SourceDiagnostics
public import VaultPolicy

/// Judges a Vault policy that stands by itself, without a spec.
public enum PolicyValidator {
  /// Parses a policy, checks it as all that a token carries, and silences what comments in it say.
  ///
  /// - Parameters:
  ///   - file: the policy, HCL or JSON.
  ///   - sources: the map that knows the file.
  ///   - profile: the servers that are to accept it.
  ///   - today: the day by which suppressions expire; `nil` lets every one hold.
  public static func validate(
    _ file: SourceFile, in sources: SourceMap, profile: VersionProfile, today: CalendarDate?
  ) -> (diagnostics: [Diagnostic], suppressed: [Diagnostic]) {
    let (policy, mistakes) = PolicyParser.parse(file, profile: profile)
    // What a refused policy would mean is nothing.
    let found = mistakes.hasErrors ? mistakes : mistakes + PolicyCheck.diagnostics(in: policy)
    // Rules about a whole spec were not asked, so nothing is known of what they would find.
    let judged = SuppressionSet(ofPolicy: file, in: sources).apply(to: found, today: today) {
      found.hasErrors ? [] : Set((PolicyMistakes.all + PolicyCheck.all.map(\.description)).map(\.code))
    }
    return (judged.kept.sortedForDisplay(), judged.suppressed.sortedForDisplay())
  }
}
