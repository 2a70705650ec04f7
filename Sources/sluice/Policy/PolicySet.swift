import SourceDiagnostics
import VaultPolicy

/// The policies of some files, and where each of their rules stands.
struct PolicySet {
  let policies: [Policy]
  private let sources: SourceMap
  private let tables: [LineTable]

  /// Reads policies that have no mistake. A policy has the name of its file without the ending.
  ///
  /// Mistakes go to standard error. Throws ``ExitStatus/inputOutput`` then: a policy that no server accepts answers
  /// neither yes nor no.
  init(_ paths: [String], profile: VersionProfile, colour: ColourPolicy) throws {
    var sources = SourceMap()
    var policies: [Policy] = []
    var errors: [Diagnostic] = []
    for path in paths {
      let (name, bytes) = try InputFile.readSpec(path)
      let file = sources.add(name: name, bytes: bytes)
      let (policy, diagnostics) = PolicyParser.parse(file, name: Self.policyName(path), profile: profile)
      policies.append(policy)
      errors += diagnostics.filter { $0.severity == .error }
    }
    if !errors.isEmpty {
      let options = Terminal.rendering(to: 2, colour: colour)
      Terminal.writeError(TextRenderer().render(errors, of: sources, options: options))
      throw ExitStatus.inputOutput
    }
    self.policies = policies
    self.sources = sources
    tables = sources.files.map { LineTable($0) }
  }

  /// Where a rule is written, as `file:line:column`.
  func place(of rule: PolicyRule) -> String {
    guard let span = rule.primarySpan, let file = sources[span.file] else { return "policy `default` of the server" }
    let position = tables[Int(file.id.rawValue)].position(at: span.start)
    return "\(file.name):\(position.line):\(position.column)"
  }

  /// Says which rules do not count without knowing who asks.
  func describe(_ dropped: [ACL.DroppedRule]) -> String {
    var text = ""
    for entry in dropped {
      let reason =
        switch entry.reason {
        case .template: "its template depends on who asks"
        case .malformedPattern: "no server accepts its pattern"
        }
      text += "not counted: \"\(entry.rule.pattern.written)\" at \(place(of: entry.rule)), for \(reason)\n"
    }
    return text
  }

  /// `root` is no name for a file's policy: the server keeps it for itself, and its rules would not count.
  private static func policyName(_ path: String) -> String? {
    guard path != "-" else { return nil }
    let file = path.split(separator: "/").last ?? path[...]
    let name = String(file.lastIndex(of: ".").map { file[..<$0] } ?? file)
    return PolicyName.normalized(name) == PolicyName.root ? nil : name
  }
}

extension EffectiveRule {
  /// The pattern and what it grants, in the notation of a policy.
  var summary: String { "\"\(pattern.text)\" [\(capabilities.names.joined(separator: ", "))]" }
}
