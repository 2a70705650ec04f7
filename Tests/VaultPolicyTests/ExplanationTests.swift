import Testing
import VaultPolicy

@Suite struct ExplanationTests {
  private func acl(
    _ rules: [PolicyRule], _ profile: VersionProfile = .denyAware, identity: Identity? = nil
  ) throws -> ACL {
    try ACL([Policy(name: "p", rules: rules)], options: .init(profile: profile), identity: identity)
  }

  @Test func `each loser says by what it lost`() throws {
    let acl = try acl([
      PolicyRule("kv/data/app", .read), PolicyRule("kv/data/ap*", .list), PolicyRule("kv/data/*", .deny),
      PolicyRule("kv/+/app", .update), PolicyRule("kv/+/+", .update), PolicyRule("kv/+/*", .update),
      PolicyRule("*", .sudo),
      PolicyRule("kv/other", .read),
    ])
    let exact = acl.explain(AccessRequest(.read, "kv/data/app"))
    #expect(exact.decision.isAllowed && exact.decision.rule?.pattern == "kv/data/app")
    #expect(exact.losers.map(\.rule.pattern.text) == ["kv/data/ap*", "kv/data/*", "kv/+/app", "kv/+/+", "kv/+/*", "*"])
    #expect(exact.losers.allSatisfy { $0.reason == .lessSpecific(.exactMatch) })

    let best = acl.explain(AccessRequest(.read, "kv/x/app"))
    #expect(best.decision.rule?.pattern == "kv/+/app" && best.decision.denial == .missingCapability(.read))
    #expect(
      best.losers.map(\.reason) == [
        .lessSpecific(.fewerWildcards), .lessSpecific(.noGlob), .lessSpecific(.firstWildcard),
      ])
  }

  @Test func `a refusal says why`() throws {
    let acl = try acl([
      PolicyRule("a", .deny), PolicyRule("b", .list),
      PolicyRule("c", .update, requiredParameters: ["Who"], minWrappingTTL: .seconds(10), maxWrappingTTL: .seconds(20)),
      PolicyRule("d", .update, allowedParameters: ["x": ["1"]], deniedParameters: ["y": []]),
      PolicyRule("e", [.read, .sudo]),
    ])
    #expect(acl.decide(.read, "a").denial == .explicitDeny)
    #expect(acl.decide(.read, "b").denial == .missingCapability(.read))
    #expect(acl.decide(.read, "z").denial == .noMatchingRule)
    #expect(acl.decide(.update, "c").denial == .wrapping(minimum: .seconds(10), maximum: .seconds(20)))
    let wrapped = AccessRequest(.update, "c", wrapTTL: .seconds(15))
    #expect(acl.decide(wrapped).denial == .missingParameter("who"))
    #expect(acl.decide(AccessRequest(.update, "c", data: ["who": "me"], wrapTTL: .seconds(15))).isAllowed)
    #expect(acl.decide(AccessRequest(.update, "d", data: ["y": 1])).denial == .deniedParameter("y"))
    #expect(acl.decide(AccessRequest(.update, "d", data: ["x": "2"])).denial == .parameterNotAllowed("x"))
    #expect(acl.decide(AccessRequest(.update, "d", data: ["X": "1"])).isAllowed)
    #expect(acl.decide(AccessRequest(.read, "b/../a", requiresSudo: true)).denial == .noMatchingRule)
    #expect(acl.decide(AccessRequest(.read, "e", requiresSudo: true)).isAllowed)
    #expect(acl.decide(.help, "a").isAllowed)
  }

  @Test func `merged rules name the policies that decide`() throws {
    let acl = try ACL([
      Policy(name: "a", rules: [PolicyRule("x", .read)]), Policy(name: "b", rules: [PolicyRule("/x", [.read, .list])]),
      Policy(name: "c", rules: [PolicyRule("y", .deny), PolicyRule("x", .list)]),
    ])
    let rule = try #require(acl.decide(.read, "x").rule)
    #expect(rule.contributors.map(\.policy) == ["a", "b", "c"])
    #expect(rule.contributors(deciding: .read).map(\.policy) == ["a", "b"])
    #expect(acl.rules.map(\.pattern.text) == ["x", "y"])
  }

  @Test func `wrapping times and parameters of merged rules are united`() throws {
    let acl = try ACL([
      Policy(rules: [
        PolicyRule(
          "x", .update, allowedParameters: ["a": ["1"]], requiredParameters: ["a"], maxWrappingTTL: .seconds(90))
      ]),
      Policy(rules: [
        PolicyRule("x", .update, allowedParameters: ["A": ["2"], "b": []], maxWrappingTTL: .seconds(60))
      ]),
    ])
    func allows(_ data: [String: ParameterValue], _ ttl: Int64?) -> Bool {
      acl.decide(AccessRequest(.update, "x", data: data, wrapTTL: ttl.map { .seconds($0) })).isAllowed
    }
    #expect(allows(["a": "1"], 60) && allows(["a": "2", "b": "any"], 60))
    #expect(!allows(["a": "3"], 60) && !allows(["b": "any"], 60) && !allows(["a": "1"], 90) && !allows(["a": "1"], nil))
  }

  @Test func `lists and texts with commas are compared element by element, or as a whole on old servers`() throws {
    let rules = [PolicyRule("x", .update, allowedParameters: ["a": ["1", "2"]], deniedParameters: ["d": ["no*"]])]
    let new = try ACL([Policy(rules: rules)])
    let old = try ACL([Policy(rules: rules)], options: .init(parameterMatching: .whole))
    let data: [String: ParameterValue] = ["a": ["1", "2"]]
    #expect(new.decide(AccessRequest(.update, "x", data: data)).isAllowed)
    #expect(!old.decide(AccessRequest(.update, "x", data: data)).isAllowed)
    #expect(new.decide(AccessRequest(.update, "x", data: ["a": "1, 2"])).isAllowed)
    #expect(!new.decide(AccessRequest(.update, "x", data: ["a": "1,3"])).isAllowed)
    #expect(new.decide(AccessRequest(.update, "x", data: ["a": "1", "d": "yes,nope"])).denial == .deniedParameter("d"))
  }

  @Test func `a list that servers decide differently can be told apart`() throws {
    let rules = [PolicyRule("kv/metadata/*", .list), PolicyRule("kv/metadata/private/*", .deny)]
    let old = try acl(rules, .trimmedFirst).explain(AccessRequest(.list, "kv/metadata/private/"))
    #expect(old.decision.isAllowed && old.losers.map(\.reason) == [.otherListForm])
    let new = try acl(rules).explain(AccessRequest(.list, "kv/metadata/private/"))
    #expect(new.decision.denial == .explicitDeny && new.losers.map(\.reason) == [.lessSpecific(.firstWildcard)])
    let readOnly = try acl([PolicyRule("kv/*", .list), PolicyRule("kv/a/*", .read)])
    #expect(readOnly.explain(AccessRequest(.list, "kv/a/")).losers.map(\.reason) == [.saysNothingAboutList])
  }

  @Test func `the default policy is attached when asked for, and not twice`() throws {
    let with = try ACL([Policy(name: "app", rules: [])], options: .init(includesDefaultPolicy: true))
    #expect(
      with.decide(.read, "auth/token/lookup-self").isAllowed && with.decide(.update, "auth/token/revoke-self").isAllowed
    )
    #expect(with.droppedRules.isEmpty)
    #expect(with.capabilities(at: "cubbyhole/x") == ["read", "list", "update", "delete", "create"])
    #expect(!(try ACL([])).decide(.read, "auth/token/lookup-self").isAllowed)
    let own = try ACL([Policy(name: "Default", rules: [])], options: .init(includesDefaultPolicy: true))
    #expect(own.rules.isEmpty)
  }

  @Test func `templates that cannot be filled in drop their rule and say so`() throws {
    let rules = [
      PolicyRule("kv/{{identity.entity.name}}/*", .read), PolicyRule("kv/{{ identity.entity.metadata.team }}", .deny),
    ]
    let unresolved = try acl(rules)
    #expect(unresolved.rules.isEmpty)
    #expect(
      unresolved.droppedRules.map(\.reason) == [
        .template(.unresolved(parameter: "identity.entity.name")),
        .template(.unresolved(parameter: "identity.entity.metadata.team")),
      ])
    let identity = Identity(id: "1", name: "a/b", metadata: ["team": "x"])
    let filled = try acl(rules, identity: identity)
    #expect(filled.decide(.read, "kv/a/b/c").isAllowed && filled.droppedRules.isEmpty)
    let openBao = try acl(rules, .fullFirst, identity: identity)
    #expect(openBao.droppedRules.map(\.reason) == [.template(.slash(parameter: "identity.entity.name"))])
    #expect(PatternTemplate("a/{{x}}/{{ y }}")?.parameters == ["x", "y"])
    for broken in ["a}}", "{{a", "{{a}}b}}", "{{{{a}}}}", "{{a{{b}}"] {
      #expect(PatternTemplate(broken) == nil, "\(broken)")
    }
  }

  @Test func `paths are compared by bytes`() throws {
    let acl = try acl([
      PolicyRule("kv/e\u{301}", .read), PolicyRule("kv/x/e\u{301}*", .read), PolicyRule("kv/+/y/\u{E9}", .read),
    ])
    #expect(acl.decide(.read, "kv/e\u{301}").isAllowed && !acl.decide(.read, "kv/\u{E9}").isAllowed)
    #expect(acl.decide(.read, "kv/x/e\u{301}1").isAllowed && !acl.decide(.read, "kv/x/\u{E9}1").isAllowed)
    #expect(acl.decide(.read, "kv/a/y/\u{E9}").isAllowed && !acl.decide(.read, "kv/a/y/e\u{301}").isAllowed)
  }

  @Test func `API paths are told apart by mount and part`() {
    let path = KVPath(apiPath: "kv/team/metadata/a/b", mount: "/kv/team/", version: .v2)
    #expect(path == KVPath(mount: "kv/team", path: "a/b", version: .v2))
    #expect(path?.data == "kv/team/data/a/b" && path?.list == "kv/team/metadata/a/b/")
    #expect(KVPath(apiPath: "kv/a", mount: "kv", version: .v2) == nil)
    #expect(KVPath(apiPath: "kvx/data/a", mount: "kv", version: .v2) == nil)
    #expect(KVPath(apiPath: "kv/a", mount: "kv", version: .v1)?.data == "kv/a")
    #expect(KVPath(mount: "kv", path: "", version: .v2).list == "kv/metadata/")
    #expect(KVPath(mount: "kv", path: "", version: .v1).request(for: .list)?.path == "kv/")
    #expect(KVPath(mount: "kv", path: "a", version: .v1).request(for: .mergePatch) == nil)
  }

  @Test func `a policy made in code is printed as a person would write it`() {
    let policy = Policy(rules: [
      PolicyRule("litellm/data/api-keys", .read),
      PolicyRule(
        "litellm/data/*", [.list, .read, .create], allowedParameters: ["x": []], maxWrappingTTL: .seconds(90)),
      PolicyRule("nothing", []),
    ])
    let text = PolicyPrinter.text(of: policy, header: ["Made by a tool."]) {
      $0.capabilities == .read ? "read by ESO" : nil
    }
    #expect(
      text == """
        # Made by a tool.

        # read by ESO
        path "litellm/data/api-keys" {
          capabilities = ["read"]
        }

        path "litellm/data/*" {
          capabilities     = ["create", "read", "list"]
          max_wrapping_ttl = "90s"

          allowed_parameters = {
            "x" = []
          }
        }

        path "nothing" {
          capabilities = []
        }

        """)
    #expect(PolicyPrinter.text(of: Policy(rules: [])) == "\n")
  }
}
