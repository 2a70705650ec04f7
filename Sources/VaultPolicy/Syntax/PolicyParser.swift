public import SourceDiagnostics

/// Reads a policy from its text, as `vault policy write` would.
public enum PolicyParser {
  /// Parses a policy in HCL 1, or in JSON when its first character is `{`.
  ///
  /// Every mistake that makes Vault refuse the policy is an error among the diagnostics, whose kinds are
  /// ``PolicyMistakes/all``; the policy then holds what could be made out. An empty text is a policy without rules,
  /// though the server's endpoint wants at least one character. Time and memory grow with the length of the file,
  /// nesting is limited to 64.
  ///
  /// - Parameters:
  ///   - file: The file; it need not be valid UTF-8.
  ///   - name: The name under which the policy is written to the server.
  ///   - profile: The servers that are to accept it.
  public static func parse(
    _ file: SourceFile, name: String? = nil, profile: VersionProfile = .denyAware
  ) -> (policy: Policy, diagnostics: [Diagnostic]) {
    let syntax: HCLFile
    var decoder = PolicyDecoder(file: file.id, profile: profile)
    if JSONPolicyParser.isJSON(file.bytes) {
      decoder.reportsDuplicates = false
      let (json, duplicates, error) = JSONPolicyParser.parse(file.bytes)
      syntax = json
      for duplicate in duplicates { decoder.reportDuplicate(duplicate.second, first: duplicate.first) }
      if let error { decoder.report(error) }
    } else {
      let (hcl, errors) = HCLParser.parse(file.bytes)
      syntax = hcl
      for error in errors { decoder.report(error) }
    }
    let rules = decoder.decode(syntax.items)
    return (Policy(name: name, rules: rules), decoder.diagnostics.sortedForDisplay())
  }
}
