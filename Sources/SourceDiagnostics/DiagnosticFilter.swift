/// Which findings somebody wants to see: those of some codes, prefixes of codes or slugs, less those of others.
public struct DiagnosticFilter: Sendable {
  private let selected: Set<DiagnosticCode>?
  private let ignored: Set<DiagnosticCode>

  /// A name that no kind of finding has.
  public struct UnknownName: Error, Sendable {
    /// The name as it was written.
    public let name: String
    /// The name that was probably meant.
    public let nearest: String?
  }

  /// Reads names such as `GW3001`, `GW3` or `probe-path-not-served`, in lists with commas or one by one.
  ///
  /// - Parameters:
  ///   - selected: what to show; empty for everything.
  ///   - ignored: what to leave out of that.
  ///   - catalogue: gives all kinds of findings.
  public init(selecting selected: [String], ignoring ignored: [String], of catalogue: () -> [RuleDescription])
    throws(UnknownName)
  {
    // Most runs name nothing, and then nobody needs the catalogue.
    self.selected = selected.isEmpty ? nil : try Self.codes(selected, catalogue())
    self.ignored = ignored.isEmpty ? [] : try Self.codes(ignored, catalogue())
  }

  /// Whether a finding is wanted. What keeps a file from being read is wanted always, unless it is named as ignored: where
  /// it stands, nothing can be said about the rest.
  public func wants(_ diagnostic: Diagnostic) -> Bool {
    if ignored.contains(diagnostic.code) { return false }
    guard let selected, !selected.contains(diagnostic.code) else { return true }
    let category = diagnostic.code.category
    return diagnostic.severity == .error && (category == .yaml || category == .shape)
  }

  private static func codes(
    _ lists: [String], _ catalogue: [RuleDescription]
  ) throws(UnknownName) -> Set<DiagnosticCode> {
    var codes: Set<DiagnosticCode> = []
    for name in lists.flatMap({ $0.split { $0 == "," || $0 == " " } }).map(String.init) {
      let prefix = name.uppercased()
      let isPrefix = prefix.hasPrefix("GW")
      let found = catalogue.filter { isPrefix ? $0.code.description.hasPrefix(prefix) : $0.slug == name }
      if found.isEmpty {
        let names = catalogue.map(\.slug) + catalogue.map(\.code.description)
        throw UnknownName(name: name, nearest: NameSuggestion.nearest(to: name, among: names))
      }
      codes.formUnion(found.map(\.code))
    }
    return codes
  }
}
