import SourceDiagnostics
public import VaultPolicy

/// A Vault policy of the spec with its rules at hand, wherever they were written.
public struct LoadedPolicy: Sendable {
  /// Where its rules come from.
  public enum Origin: Hashable, Sendable {
    /// They stand in the spec.
    case written
    /// They stand in a file beside it, relative to the spec.
    case file(String)
    /// They are derived: read on exactly what the login reads.
    case derived
    /// They could not be read, which has been reported; nothing can be said about what they grant.
    case unreadable
  }

  /// The name and its place; for a policy that stands nowhere the place of the login that carries it.
  public let name: Setting<EntryName>
  /// Where the rules come from.
  public let origin: Origin
  /// The rules.
  public let policy: Policy
}

extension LoadedPolicy {
  /// The policies of a spec: those that it names, and one for each login that names none.
  static func load(
    _ spec: GatewaySpec, _ files: inout PolicyFiles, _ sources: inout SourceMap, _ diagnostics: inout [Diagnostic]
  ) -> [LoadedPolicy] {
    guard let vault = spec.vault?.known else { return [] }
    var policies: [LoadedPolicy] = []
    for entry in vault.policies.value {
      policies.append(load(entry, spec, &files, &sources, &diagnostics))
    }
    for login in vault.logins.value
    where login.value.policies.value.isEmpty && login.value.policies.origin == .defaulted {
      guard let name = try? EntryName(parsing: spec.derivedPolicyName(forLogin: login.name.value)) else {
        continue
      }
      let place = Setting(name, at: login.name.span, .defaulted)
      policies.append(LoadedPolicy(name: place, origin: .derived, policy: spec.derivedPolicy(named: name)))
    }
    return policies
  }

  private static func load(
    _ entry: NamedEntry<EntryName, VaultPolicySection>, _ spec: GatewaySpec, _ files: inout PolicyFiles,
    _ sources: inout SourceMap, _ diagnostics: inout [Diagnostic]
  ) -> LoadedPolicy {
    let name = entry.name
    if entry.setting.isInvalid || entry.value.paths?.isInvalid == true || entry.value.file?.isInvalid == true {
      return LoadedPolicy(name: name, origin: .unreadable, policy: Policy(name: name.value.text, rules: []))
    }
    if let paths = entry.value.paths {
      let rules = paths.value.compactMap(PolicyRule.init(written:))
      for rule in rules {
        if let span = rule.primarySpan {
          diagnostics += PolicyMistakes.diagnostics(for: rule.pattern, at: span, in: .yaml)
        }
      }
      let isComplete = paths.value.isComplete && rules.count == paths.value.count
      return LoadedPolicy(
        name: name, origin: isComplete ? .written : .unreadable, policy: Policy(name: name.value.text, rules: rules))
    }
    if let file = entry.value.file {
      guard let policy = files.policy(at: file, named: name.value, &sources, &diagnostics) else {
        return LoadedPolicy(name: name, origin: .unreadable, policy: Policy(name: name.value.text, rules: []))
      }
      return LoadedPolicy(name: name, origin: .file(file.value.text), policy: policy)
    }
    return LoadedPolicy(name: name, origin: .derived, policy: spec.derivedPolicy(named: name.value))
  }
}

extension PolicyRule {
  /// The rule that is written in the spec, or `nil` if a part of it could not be read.
  fileprivate init?(written setting: Setting<VaultRuleSection>) {
    let section = setting.value
    guard let path = section.path.known, let capabilities = section.capabilities.known, capabilities.isComplete else {
      return nil
    }
    let places = Dictionary(capabilities.map { ($0.value, $0.span) }, uniquingKeysWith: { first, _ in first })
    self.init(
      PathPattern(path.text), CapabilitySet(capabilities.map(\.value)),
      spans: RuleSpans(
        .yaml, rule: setting.span, pattern: section.path.span, capabilities: places,
        attributes: ["capabilities": .init(key: section.capabilities.keySpan, value: section.capabilities.span)]))
  }
}

/// Reads each policy file once, however many environments name it.
struct PolicyFiles {
  private enum Entry {
    case read(Policy)
    case failed
  }

  private let access: SpecLoader.FileAccess
  private let spec: String
  private var entries: [String: Entry] = [:]
  /// The files that could be read.
  private(set) var ids: [SourceFileID] = []

  /// Paths count from the folder of the spec.
  init(beside spec: String, access: @escaping SpecLoader.FileAccess) {
    self.spec = spec
    self.access = access
  }

  mutating func policy(
    at path: Setting<FilePathText>, named name: EntryName, _ sources: inout SourceMap, _ diagnostics: inout [Diagnostic]
  ) -> Policy? {
    switch entries[path.value.text] {
    case .read(var policy):
      policy.name = name.text
      return policy
    case .failed: return nil
    case nil: break
    }
    switch access(path.value.text) {
    case .failure(let error):
      entries[path.value.text] = .failed
      diagnostics.append(
        Diagnostic(
          ShapeMistakes.unreadableFile, "the policy file `\(path.value.text)` cannot be read: \(error.reason)",
          at: path.span, notes: ["the path counts from the folder of the spec"]))
      return nil
    case .success(let bytes):
      let file = sources.add(name: SpecLoader.name(of: path.value.text, beside: spec), bytes: bytes)
      ids.append(file.id)
      let parsed = PolicyParser.parse(file, profile: .denyAware)
      diagnostics += parsed.diagnostics
      var policy = parsed.policy
      policy.name = name.text
      if parsed.diagnostics.hasErrors {
        entries[path.value.text] = .failed
        return nil
      }
      entries[path.value.text] = .read(policy)
      return policy
    }
  }
}
