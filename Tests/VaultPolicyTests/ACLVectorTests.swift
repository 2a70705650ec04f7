import Testing
import VaultPolicy

@Suite(.enabled(if: SharedVectors.isPresent, "the vectors stand in ../shared, which is not here"))
struct ACLVectorTests {
  static let groups = SharedVectors.acl["groups"]?.array ?? []

  @Test func `the vectors are there`() {
    #expect(Self.groups.count >= 43)
  }

  @Test(arguments: VersionProfile.allCases)
  func `every group is decided as Vault decides it`(profile: VersionProfile) throws {
    for group in Self.groups {
      let id = group["id"]?.string ?? "?"
      // This group states what servers before the case-insensitive deny do; `extra_profile_vectors` has the others.
      if id == "deny-case-variant", profile == .denyAwareCaseInsensitive { continue }
      let acl = try ACL(group["policies"]?.array.map(Policy.init(vector:)) ?? [], options: .init(profile: profile))
      for entry in group["cases"]?.array ?? [] { check(entry, acl, "\(id), \(profile)") }
    }
  }

  @Test func `profiles with cases of their own are decided as their servers decide`() throws {
    for group in SharedVectors.acl["extra_profile_vectors"]?.array ?? [] {
      let profile = try #require(group["profile"]?.string.flatMap(VersionProfile.init))
      let acl = try ACL(group["policies"]?.array.map(Policy.init(vector:)) ?? [], options: .init(profile: profile))
      for entry in group["cases"]?.array ?? [] { check(entry, acl, "\(profile)") }
    }
  }

  private func check(_ entry: JSON, _ acl: ACL, _ context: String) {
    let path = entry["path"]?.string ?? ""
    let name = entry["op"]?.string ?? ""
    guard name != "capabilities" else {
      #expect(acl.capabilities(at: path) == entry["capabilities"]?.strings, "\(context): capabilities of \(path)")
      return
    }
    guard let operation = Operation(rawValue: name) else {
      Issue.record("\(context): unknown operation \(name)")
      return
    }
    let request = AccessRequest(
      operation, path, data: entry["data"]?.object.mapValues(\.parameter) ?? [:], wrapTTL: entry["wrap_ttl"]?.duration)
    let explanation = acl.explain(request)
    let decision = explanation.decision
    let profile = acl.options.profile
    let expected = entry["by_profile"]?[profile.rawValue]?.bool ?? entry["allowed"]?.bool
    #expect(decision.isAllowed == expected, "\(context): \(name) \(path)")
    if let sudo = entry["sudo"]?.bool { #expect(decision.grantsSudo == sudo, "\(context): sudo of \(path)") }
    if profile == .denyAware, let rule = entry["rule"]?.string {
      #expect((decision.rule?.pattern.text ?? "") == rule, "\(context): the rule that decides \(name) \(path)")
    }
    #expect(!explanation.losers.contains { $0.rule.pattern == decision.rule?.pattern })
  }

  @Test func `the root policy gives everything and stands alone`() throws {
    for vector in SharedVectors.acl["root"]?.array ?? [] {
      let policies = vector["policies"]?.strings.map { Policy(name: $0, rules: []) } ?? []
      if vector["error"] != nil {
        #expect(throws: ACL.ConstructionError.rootMustBeAlone) { try ACL(policies) }
      } else {
        let acl = try ACL(policies)
        let decision = acl.decide(.delete, vector["path"]?.string ?? "")
        #expect(decision.isAllowed && decision.grantsSudo && decision.isRoot)
        #expect(acl.capabilities(at: "any/path") == ["root"])
      }
    }
  }

  @Test func `references through External Secrets are decided by the policies of their token`() throws {
    for vector in SharedVectors.eso["scope_vectors"]?.array ?? [] {
      let id = vector["id"]?.string ?? "?"
      let policies = vector["policy_hcl"]?.strings.map { parse($0).policy } ?? []
      let acl = try ACL(policies)
      var isInScope = true
      for request in vector["requests"]?.array ?? [] {
        let operation = try #require(request["op"]?.string.flatMap(Operation.init))
        let decision = acl.decide(operation, request["path"]?.string ?? "")
        #expect(decision.isAllowed == request["allowed"]?.bool, "\(id)")
        #expect((decision.rule?.pattern.text ?? "") == request["rule"]?.string, "\(id)")
        isInScope = isInScope && decision.isAllowed
      }
      #expect(isInScope == vector["in_scope"]?.bool, "\(id)")
    }
  }
}
