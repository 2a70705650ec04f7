import GatewaySpec
import VaultPolicy

extension RuleContext {
  /// What the spec declares about the mounts that policies are about.
  var keyValueMounts: KeyValueMounts {
    guard let vault = spec.vault?.known else { return .guessed }
    let versions = vault.mounts.value.compactMap { mount -> (String, KVPath.Version?)? in
      guard !mount.setting.isInvalid, let engine = mount.value.engine.known, let version = mount.value.version.known
      else { return nil }
      return (mount.name.value.text, engine == .keyValue ? KVPath.Version(rawValue: version) : nil)
    }
    return KeyValueMounts(versions: Dictionary(versions, uniquingKeysWith: { first, _ in first }))
  }

  /// The policies that somebody wrote and that could be read.
  var writtenPolicies: [LoadedPolicy] {
    policies.filter { $0.origin != .derived && $0.origin != .unreadable }
  }

  /// The written policies, grouped as tokens carry them: one group for each login, and one for each policy that no login
  /// carries. A group whose members could not all be read is left out.
  func policiesByToken() -> [[LoadedPolicy]] {
    let byName = Dictionary(policies.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    var groups: [[EntryName]] = spec.vault?.known?.logins.value.map(spec.policyNames(of:)) ?? []
    let carried = Set(groups.joined())
    groups += policies.map(\.name.value).filter { !carried.contains($0) }.map { [$0] }
    var seen: Set<[EntryName]> = []
    return groups.filter { seen.insert($0).inserted }.compactMap { names in
      let found = names.compactMap { byName[$0] }
      if found.contains(where: { $0.origin == .unreadable }) { return nil }
      return found.allSatisfy { $0.origin == .derived } ? nil : found
    }
  }
}

extension Rule {
  /// The rule of a spec for a check of policies by themselves. A rule of a policy that is blamed for a secret that cannot
  /// be read has had its finding.
  init(_ check: PolicyCheck) {
    description = check.description
    concludesFromAbsence = false
    self.check = { context, findings in
      for policy in context.writtenPolicies {
        let rules = policy.policy.rules.filter { !context.vaultScope.blames($0) }
        for diagnostic in check.diagnostics(in: rules, on: context.keyValueMounts) { findings.add(diagnostic) }
      }
      for token in context.tokens {
        for diagnostic in check.diagnostics(for: token) { findings.add(diagnostic) }
      }
    }
  }
}
