public import SourceDiagnostics

/// Lays the text of a policy out as `vault policy fmt` does, comments kept.
public enum PolicyFormatter {
  /// Formats a policy in HCL. Like Vault's command it first reads the policy and leaves one with mistakes alone: the
  /// text is then `nil`. A policy in JSON has no layout of its own and is left alone too.
  public static func format(
    _ file: SourceFile, profile: VersionProfile = .denyAware
  ) -> (text: String?, diagnostics: [Diagnostic]) {
    let diagnostics = PolicyParser.parse(file, profile: profile).diagnostics
    guard !diagnostics.hasErrors, !JSONPolicyParser.isJSON(file.bytes) else { return (nil, diagnostics) }
    return (HCLPrinter.text(of: HCLParser.parse(file.bytes).file, bytes: file.bytes), diagnostics)
  }

  /// Formats text that is known to be HCL.
  static func format(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return HCLPrinter.text(of: HCLParser.parse(bytes).file, bytes: bytes)
  }
}
