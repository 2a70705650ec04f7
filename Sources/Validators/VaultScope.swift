import GatewaySpec
import SourceDiagnostics
import VaultPolicy

/// The secrets that are read from Vault, the login that reads them, and what its token may not read.
struct VaultScope: Sendable {
  /// A secret that is read from Vault.
  struct Read: Sendable {
    /// The secret.
    let secret: NamedEntry<EntryName, SecretEntry>
    /// The path in the spec.
    let path: Setting<VaultPathText>
    /// The mount and the path that the API is asked for.
    let location: VaultLocation
  }

  /// A path that the login may not read though secrets lie there.
  struct Gap: Sendable {
    /// The path that the API is asked for.
    let path: String
    /// The secrets that lie there, at least one.
    let reads: [Read]
    /// What Vault decides, and by which rule.
    let explanation: Explanation
    /// A rule that was probably meant to grant it.
    let lookalike: Lookalike?
  }

  /// A rule that nearly grants what is missing.
  struct Lookalike: Sendable {
    /// What is wrong with its pattern.
    enum Flaw: Sendable {
      /// It lacks the `data/` of a KV v2 mount.
      case lacksData
      /// It speaks of the metadata, not of the data.
      case isMetadata
      /// No request has a path like it, so that it is never asked.
      case unmatchable
      /// It is spelt a little differently.
      case misspelt
    }

    let policy: LoadedPolicy
    let rule: PolicyRule
    let flaw: Flaw
    /// The pattern that would grant it.
    let corrected: String
  }

  /// A rule of the login's policies, and what it decides.
  struct Grant: Sendable {
    let rule: EffectiveRule
    /// The secrets that are read because of it.
    let reads: [Read]
  }

  /// A mount that is declared as version 1 while policies or secrets speak of version 2.
  struct VersionMismatch: Sendable {
    let mount: NamedEntry<VaultMountPath, VaultMount>
    /// A place that speaks of version 2, and its text.
    let witness: SourceSpan
    let text: String
  }

  /// The login that reads; `nil` if there is none, or if another finding says that it is not clear which.
  let login: NamedEntry<EntryName, VaultLogin>?
  /// The policies that its token carries, besides `default`; `nil` if nothing can be said about what they grant.
  let policies: [LoadedPolicy]?
  /// The secrets that are read, in the order of the spec; those on no declared or no readable mount are left out.
  let reads: [Read]
  /// What may not be read, in the order of the spec.
  let gaps: [Gap]
  /// The rules of the policies, in their order, with what each decides.
  let grants: [Grant]
  /// Mounts with the wrong version; nothing else is said about what lies there.
  let mismatches: [VersionMismatch]
  /// What the login's token may do; `nil` if nothing can be said about it.
  let acl: ACL?
  private let blamed: Set<SourceSpan>

  init(_ spec: GatewaySpec, _ loaded: [LoadedPolicy]) {
    guard let delivery = spec.secrets.value.delivery.known, delivery.readsVault, let vault = spec.vault?.known else {
      (login, policies, acl) = (nil, nil, nil)
      (reads, gaps, grants, mismatches, blamed) = ([], [], [], [], [])
      return
    }
    let reads: [Read] = spec.secrets.value.entries.value.compactMap { secret in
      guard let path = secret.value.vault, let text = path.known, let location = vault.locate(text),
        !location.key.isEmpty,
        !location.mount.setting.isInvalid, !location.mount.value.engine.isInvalid,
        !location.mount.value.version.isInvalid
      else { return nil }
      return Read(secret: secret, path: path, location: location)
    }
    let login = spec.secretLogin.flatMap { $0.setting.isInvalid ? nil : $0 }
    let policies = login.flatMap { Self.policies(of: $0, spec, loaded) }
    (self.login, self.policies, self.reads) = (login, policies, reads)
    let mismatches = Self.mismatches(of: vault, reads, loaded)
    self.mismatches = mismatches
    let mismatched = Set(mismatches.map(\.mount.name.value))
    let options = ACL.Options(includesDefaultPolicy: true)
    let acl = policies.flatMap { try? ACL($0.map(\.policy), options: options) }
    self.acl = acl
    let judged = reads.filter { !$0.keyStartsWithData && !mismatched.contains($0.location.mount.name.value) }
    (gaps, grants) = acl.map { Self.judge(judged, by: $0, policies ?? []) } ?? ([], [])
    blamed = Set(gaps.compactMap { $0.lookalike?.rule.spans?.rule })
  }

  /// Whether a gap blames the rule: what is wrong with it has been said then.
  func blames(_ rule: PolicyRule) -> Bool { rule.spans.map { blamed.contains($0.rule) } ?? false }

  private static func policies(
    of login: NamedEntry<EntryName, VaultLogin>, _ spec: GatewaySpec, _ loaded: [LoadedPolicy]
  ) -> [LoadedPolicy]? {
    let written = login.value.policies
    guard !written.isInvalid, written.value.isComplete || written.origin == .defaulted else { return nil }
    var found: [LoadedPolicy] = []
    for name in spec.policyNames(of: login) where name.text != PolicyName.default {
      guard let policy = loaded.first(where: { $0.name.value == name }), policy.origin != .unreadable else {
        return nil
      }
      found.append(policy)
    }
    return found
  }

  private static func judge(
    _ reads: [Read], by acl: ACL, _ policies: [LoadedPolicy]
  ) -> (gaps: [Gap], grants: [Grant]) {
    // A template may grant anything to the right entity, so that no absence of a rule can be shown.
    let hasTemplates = acl.droppedRules.contains { $0.policy != PolicyName.default }
    var readsByPath: [String: [Read]] = [:]
    var paths: [String] = []
    for read in reads {
      if readsByPath[read.location.apiPath] == nil { paths.append(read.location.apiPath) }
      readsByPath[read.location.apiPath, default: []].append(read)
    }
    var lookalikes = LookalikeFinder(policies, isAsked: { readsByPath[$0] != nil })
    var gaps: [Gap] = []
    var readsByRule: [PathPattern: [Read]] = [:]
    for path in paths {
      guard let reads = readsByPath[path], let mount = reads.first?.location.mount.name.value.text else { continue }
      let request = AccessRequest(.read, path)
      let decision = acl.decide(request)
      if let rule = decision.rule { readsByRule[rule.pattern, default: []] += reads }
      guard let denial = decision.denial, !(hasTemplates && denial == .noMatchingRule) else { continue }
      let lookalike = denial == .noMatchingRule ? lookalikes.rule(nearlyGranting: path, in: mount) : nil
      gaps.append(Gap(path: path, reads: reads, explanation: acl.explain(request), lookalike: lookalike))
    }
    let grants = acl.rules.filter { rule in !rule.contributors.allSatisfy { $0.policy == PolicyName.default } }
      .map { Grant(rule: $0, reads: readsByRule[$0.pattern] ?? []) }
    return (gaps, grants)
  }

  private static func mismatches(
    of vault: VaultSection, _ reads: [Read], _ policies: [LoadedPolicy]
  ) -> [VersionMismatch] {
    vault.mounts.value.compactMap { mount in
      guard !mount.setting.isInvalid, mount.value.engine.known == .keyValue, mount.value.version.known == 1 else {
        return nil
      }
      let name = mount.name.value.text
      let keys = reads.filter { $0.location.mount.name.value == mount.name.value }
      if let first = keys.first, keys.allSatisfy({ $0.location.key.hasPrefix("data/") }) {
        return VersionMismatch(mount: mount, witness: first.path.span, text: first.path.value.text)
      }
      let rules = policies.filter { $0.origin != .derived }.flatMap(\.policy.rules)
        .filter { $0.pattern.text.hasPrefix(name + "/") }
      let parts = ["\(name)/data/", "\(name)/metadata/"]
      guard let rule = rules.first, let span = rule.primarySpan,
        rules.allSatisfy({ rule in parts.contains { rule.pattern.text.hasPrefix($0) } })
      else { return nil }
      return VersionMismatch(mount: mount, witness: span, text: rule.pattern.text)
    }
  }
}

/// Finds rules that nearly grant what is missing.
private struct LookalikeFinder {
  private typealias Candidate = (policy: LoadedPolicy, rule: PolicyRule)

  private let candidates: [Candidate]
  private var correctedByMount: [String: [VaultScope.Lookalike]] = [:]
  private var exactByPath: [String: VaultScope.Lookalike] = [:]
  /// How many more patterns are compared letter by letter, which is dear.
  private var guesses = 32

  /// `isAsked` tells the paths that other secrets need: their rules are right as they are.
  init(_ policies: [LoadedPolicy], isAsked: (String) -> Bool) {
    candidates = policies.flatMap { policy in policy.policy.rules.map { (policy, $0) } }
      .filter { $0.1.effectiveCapabilities.contains(.read) && !isAsked($0.1.pattern.text) }
  }

  mutating func rule(nearlyGranting path: String, in mount: String) -> VaultScope.Lookalike? {
    if correctedByMount[mount] == nil { correct(in: mount) }
    if let exact = exactByPath[path] { return exact }
    if let near = correctedByMount[mount]?.first(where: { PathPattern($0.corrected).matches(path) }) { return near }
    guard guesses > 0 else { return nil }
    guesses -= 1
    guard let text = NameSuggestion.nearest(to: path, among: candidates.map(\.rule.pattern.text)),
      let near = candidates.first(where: { $0.rule.pattern.text == text })
    else { return nil }
    return VaultScope.Lookalike(policy: near.policy, rule: near.rule, flaw: .misspelt, corrected: path)
  }

  /// The rules of a mount as they would read with `data/`.
  private mutating func correct(in mount: String) {
    var wildcards: [VaultScope.Lookalike] = []
    for (policy, rule) in candidates {
      guard let flaw = rule.pattern.flaw, flaw.corrected.hasPrefix(mount + "/") else { continue }
      wildcards.append(
        VaultScope.Lookalike(policy: policy, rule: rule, flaw: .unmatchable, corrected: flaw.corrected))
    }
    for (policy, rule) in candidates where rule.pattern.text.hasPrefix(mount + "/") {
      let isMetadata = rule.pattern.text.hasPrefix(mount + "/metadata/")
      let rest = rule.pattern.text.dropFirst(mount.count + (isMetadata ? "/metadata/" : "/").count)
      let lookalike = VaultScope.Lookalike(
        policy: policy, rule: rule, flaw: isMetadata ? .isMetadata : .lacksData, corrected: "\(mount)/data/\(rest)")
      if rule.pattern.kind == .exact {
        exactByPath[lookalike.corrected] = exactByPath[lookalike.corrected] ?? lookalike
      } else {
        wildcards.append(lookalike)
      }
    }
    correctedByMount[mount] = wildcards
  }
}

extension VaultScope.Read {
  /// The path in the spec and that of the API without the name of the mount that the key begins with; `nil` if it does not.
  var withoutRepeatedMount: (path: String, apiPath: String)? {
    let mount = location.mount.name.value.text
    guard location.key.hasPrefix(mount + "/") else { return nil }
    let isVersion2 = location.mount.value.engine.value == .keyValue && location.mount.value.version.value == 2
    let key = location.key.dropFirst(mount.count + 1)
    return ("\(mount)/\(key)", isVersion2 ? "\(mount)/data/\(key)" : "\(mount)/\(key)")
  }

  /// Whether the path repeats the `data/` that the API path of a KV v2 mount has anyway.
  var keyStartsWithData: Bool {
    location.mount.value.engine.value == .keyValue && location.mount.value.version.value == 2
      && location.key.hasPrefix("data/")
  }
}
