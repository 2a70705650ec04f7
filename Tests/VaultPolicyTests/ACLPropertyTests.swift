import SourceDiagnostics
import Testing
import VaultPolicy

@Suite struct ACLPropertyTests {
  private static func pattern(_ random: inout SeededRandom) -> String {
    let segments = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      random.pick(["a", "b", "ab", "a", "+", "+", "", "a+", "+b"])
    }
    var text = segments.joined(separator: "/")
    if random.chance(10) { text = "/" + text }
    if random.chance(20) { text += "/" }
    if random.chance(40), !text.hasSuffix("+") { text += "*" }
    return text
  }

  private static func path(_ random: inout SeededRandom) -> String {
    let segments = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      random.pick(["a", "b", "ab", "abc", "", "a+", "+b"])
    }
    return segments.joined(separator: "/") + random.pick(["", "", "/"])
  }

  @Test(arguments: [VersionProfile.trimmedFirst, .fullFirst, .denyAware])
  func `the index decides as trying every rule does`(profile: VersionProfile) throws {
    var random = SeededRandom(42)
    var matched = 0
    for _ in 0..<120 {
      let written = (0..<Int.random(in: 1...14, using: &random)).map { _ in
        (
          pattern: Self.pattern(&random),
          capabilities: random.pick([["read"], ["list"], ["read", "list"], ["deny"], [], ["update"]])
        )
      }
      let policies = written.map { rule in
        Policy(rules: [
          PolicyRule(PathPattern(rule.pattern), CapabilitySet(rule.capabilities.compactMap(Capability.init)))
        ])
      }
      let acl = try ACL(policies, options: .init(profile: profile))
      let naive = NaiveEvaluator(written, profile: profile)
      for _ in 0..<40 {
        let path = Self.path(&random)
        for operation in [Operation.read, .list, .update] {
          let expected = naive.decide(operation.rawValue, path)
          let explanation = acl.explain(AccessRequest(operation, path))
          let decision = explanation.decision
          let context = "\(operation) \(path) under \(written)"
          try #require(decision.rule?.pattern.text == expected.pattern, "\(context)")
          try #require(decision.isAllowed == expected.isAllowed, "\(context)")
          if decision.rule != nil { matched += 1 }
          for loser in explanation.losers {
            let form = operation == .list && path.hasSuffix("/") ? String(path.dropLast()) : path
            let normal = [path, form].map { String($0.drop { $0 == "/" }) }
            try #require(normal.contains { loser.rule.pattern.matches($0) }, "\(context): \(loser.rule.pattern)")
          }
        }
      }
    }
    #expect(matched > 5000)
  }

  @Test func `a deny that ignores case refuses at least what the others refuse`() throws {
    var random = SeededRandom(7)
    for _ in 0..<100 {
      let rules = (0..<8).map { _ in
        PolicyRule(
          PathPattern(Self.pattern(&random).replacing("b", with: random.pick(["b", "B"]))),
          random.pick([.read, .list, .deny, [.read, .list]]))
      }
      let plain = try ACL([Policy(rules: rules)])
      let folding = try ACL([Policy(rules: rules)], options: .init(profile: .denyAwareCaseInsensitive))
      for _ in 0..<30 {
        let path = Self.path(&random).replacing("b", with: random.pick(["b", "B"]))
        for operation in [Operation.read, .list] where folding.decide(operation, path).isAllowed {
          #expect(plain.decide(operation, path).isAllowed, "\(operation) \(path) under \(rules.map(\.pattern))")
        }
      }
    }
  }

  @Test func `a policy that is printed and parsed is the same, and formatting leaves it as it is`() {
    var random = SeededRandom(99)
    let words = [
      "read", "a b", "q\"uote", "back\\slash", "${x}", "${\"", "é", "tab\t", "line\nend", "*x", "\u{1}", "{{t}}",
      "\u{E123}",
    ]
    for _ in 0..<200 {
      let rules = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        let all = Capability.allCases.filter { $0 != .scan && $0 != .deny }
        var rule = PolicyRule(
          PathPattern(Self.pattern(&random) + random.pick(["", "é", "\"", "${env}"])),
          CapabilitySet(all.filter { _ in random.chance(40) }))
        if random.chance(20) { rule.legacyPolicy = random.pick([.read, .write, .sudo]) }
        if random.chance(30) { rule.requiredParameters = [random.pick(words), "two"] }
        if random.chance(30) { rule.minWrappingTTL = random.pick([.seconds(1), .milliseconds(1500), .seconds(3600)]) }
        if random.chance(30) { rule.maxWrappingTTL = random.pick([.seconds(7200), .seconds(86_400)]) }
        if random.chance(30) { rule.comment = random.pick(words) }
        if random.chance(30) {
          rule.allowedParameters = ParameterConstraints([
            .init(random.pick(words), [.string(random.pick(words)), 5, true, .number(1.5)]), .init("*"),
          ])
        }
        if random.chance(20) { rule.deniedParameters = ["x": [.object(["k": .string("v"), "n": .list([1, 2])])]] }
        if random.chance(10) {
          rule.capabilities.insert(.read)
          rule.controlGroup = ControlGroup(
            ttl: .seconds(60),
            factors: [.init(name: "ops", groupNames: ["m"], approvals: 2, controlledCapabilities: .read)])
        }
        return rule
      }
      let policy = Policy(rules: rules)
      let text = PolicyPrinter.text(of: policy, header: ["made by a test", ""]) { $0.comment }
      let (parsed, diagnostics) = parse(text, profile: .trimmedFirst)
      #expect(!diagnostics.hasErrors, "\(text)\n\(diagnostics.map(\.headline))")
      #expect(parsed.withoutSpans == policy, "\(text)")
      #expect(format(text) == text)
    }
  }
}
