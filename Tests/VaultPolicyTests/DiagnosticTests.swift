import SourceDiagnostics
import Testing
import VaultPolicy

@Suite struct DiagnosticTests {
  /// The findings of a text as `slug@underlined text`.
  private func findings(_ text: String, profile: VersionProfile = .denyAware) -> [String] {
    parse(text, profile: profile).diagnostics.map { diagnostic in
      "\(diagnostic.slug)@\(String(decoding: Array(text.utf8)[diagnostic.primary.span.range], as: UTF8.self))"
    }
  }

  @Test(arguments: [
    ("path \"a\" { capabilities = [\"read\", \"banana\"] }", ["unknown-capability@\"banana\""]),
    ("path \"a\" { capabilities = [\"Read\"] }", ["unknown-capability@\"Read\""]),
    ("path \"a/+*\" { capabilities = [\"read\"] }", ["plus-glob@\"a/+*\""]),
    ("path \"a/*/b\" { capabilities = [\"read\"] }", ["glob-not-at-end@\"a/*/b\""]),
    ("path \"a/team-+/b\" { capabilities = [\"read\"] }", ["wildcard-inside-segment@\"a/team-+/b\""]),
    ("path \"a/{{x}/b\" { capabilities = [\"read\"] }", ["template-braces@\"a/{{x}/b\""]),
    ("path \"a\" { capabilities = \"read\" }", ["policy-value-type@\"read\""]),
    ("path \"a\" { comment = [\"why\"] }", ["policy-value-type@[\"why\"]"]),
    ("path \"a\" { policy = \"admin\" }", ["unknown-legacy-policy@\"admin\""]),
    ("path \"a\" { capabilites = [\"read\"] }", ["unknown-policy-key@capabilites"]),
    ("rule \"a\" { }", ["unknown-policy-key@rule"]),
    ("path \"a\" { min_wrapping_ttl = \"soon\" }", ["policy-duration@\"soon\""]),
    ("path \"a\" { min_wrapping_ttl = 400 max_wrapping_ttl = 200 }", ["wrapping-ttl-range@200"]),
    ("path \"a\" { policy = \"read\" policy = \"write\" }", ["duplicate-attribute@policy"]),
    ("path \"a\" { allowed_parameters = { \"x\" = \"1\" } }", ["policy-value-type@\"1\""]),
    ("path \"a\" { capabilities = [\"read\"] control_group = { ttl = \"1h\" } }", ["control-group@{"]),
    ("{\"path\": {\"a\": {\"policy\": \"read\", \"policy\": \"deny\"}}}", ["duplicate-attribute@\"policy\""]),
    ("{\"path\": {\"a\": {\"capabilities\": [\"reed\"]}}}", ["unknown-capability@\"reed\""]),
    ("{\"path\": {\"a\": {\"policy\" \"read\"}}}", ["policy-syntax@\"read\""]),
    ("\u{FEFF}path \"a\" { }", ["policy-syntax@\u{FEFF}"]),
  ])
  func `a mistake is named and underlined`(text: String, expected: [String]) {
    #expect(findings(text) == expected)
  }

  @Test func `deny ends the reading of a rule, as in Vault`() {
    #expect(findings("path \"a\" { capabilities = [\"deny\", \"banana\"] min_wrapping_ttl = \"soon\" }").isEmpty)
    #expect(findings("path \"a\" { capabilities = [\"banana\"] policy = \"deny\" }").isEmpty)
    #expect(findings("path \"a\" { capabilities = [\"banana\", \"deny\"] }") == ["unknown-capability@\"banana\""])
  }

  @Test func `parsing goes on after each mistake`() {
    let text = """
      path "one" {
        capabilities = ["read" "list"]
        min_wrapping_ttl = "soon"
      }
      path "two" { capabilities: ["read"] }
      path "three" {
        capabilities = [read]
      }
      path "four" { capabilities = ["reed"] }
      """
    let (policy, diagnostics) = parse(text)
    #expect(policy.rules.map(\.pattern.text) == ["one", "two", "three", "four"])
    #expect(
      diagnostics.map(\.slug) == [
        "policy-syntax", "policy-duration", "policy-syntax", "policy-syntax", "unknown-capability",
      ])
  }

  @Test func `a forgotten brace is one finding and costs no rule`() {
    let text =
      "path \"a\" {\n  capabilities = [\"read\"]\n\npath \"b\" {\n  capabilities = [\"list\"]\n}\npath \"c\" {\n}\n"
    let (policy, diagnostics) = parse(text)
    #expect(policy.rules.map(\.pattern.text) == ["a", "b", "c"])
    #expect(diagnostics.map(\.headline) == ["this `{` is not closed"])
    #expect(diagnostics.first?.primary.span.start == 9)
  }

  @Test func `duplicates are refused or merged as the servers do`() {
    let text = "path \"a\" { capabilities = [\"read\"] capabilities = [\"list\"] policy = \"deny\" policy = \"read\" }"
    #expect(parse(text).diagnostics.hasErrors)
    let (policy, diagnostics) = parse(text, profile: .trimmedFirst)
    #expect(diagnostics.map(\.slug) == ["duplicate-attribute-merged", "duplicate-attribute-merged"])
    #expect(!diagnostics.hasErrors)
    #expect(policy.rules.first?.effectiveCapabilities == [.read, .list])
  }

  @Test(arguments: [
    ("path \"a\" { capabilities: [\"read\"] }", "path \"a\" { capabilities = [\"read\"] }"),
    ("path \"a\" { capabilities = [\"read\"]; }", "path \"a\" { capabilities = [\"read\"] }"),
    ("path \"a\" = { capabilities = [\"read\"] }", "path \"a\"  { capabilities = [\"read\"] }"),
    ("path \"a\" { capabilities = \"read\" }", "path \"a\" { capabilities = [\"read\"] }"),
    ("path \"a\" { capabilities = [\" READ\"] }", "path \"a\" { capabilities = [\"read\"] }"),
  ])
  func `a fix cures what it is offered for`(text: String, fixed: String) throws {
    let fix = try #require(parse(text).diagnostics.first?.fixIts.first)
    var bytes = Array(text.utf8)
    for edit in fix.edits.reversed() { bytes.replaceSubrange(edit.span.range, with: edit.replacement.utf8) }
    #expect(String(decoding: bytes, as: UTF8.self) == fixed)
    #expect(parse(fixed).diagnostics.isEmpty)
  }

  @Test func `what only OpenBao knows is accepted for OpenBao`() {
    let text = "path \"a\" { capabilities = [\"scan\"] pagination_limit = 5 }"
    #expect(parse(text, profile: .fullFirst).diagnostics.isEmpty)
    #expect(findings(text) == ["unknown-capability@\"scan\"", "unknown-policy-key@pagination_limit"])
  }

  @Test func `every part of a rule knows its place`() throws {
    let text = "# é\npath \"kv/*\" {\n  capabilities = [\"read\", \"list\"]\n  min_wrapping_ttl = 5\n}\n"
    let spans = try #require(parse(text).policy.rules.first?.spans)
    func shown(_ span: SourceSpan?) -> String? {
      span.map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) }
    }
    #expect(shown(spans.pattern) == "\"kv/*\"")
    #expect(shown(spans.capabilities[.list]) == "\"list\"")
    #expect(shown(spans.attributes["min_wrapping_ttl"]?.key) == "min_wrapping_ttl")
    #expect(shown(spans.attributes["min_wrapping_ttl"]?.value) == "5")
    #expect(shown(spans.attributes["capabilities"]?.value) == "[\"read\", \"list\"]")
    #expect(shown(spans.rule) == String(text.dropFirst(4).dropLast()))
    let json = "{\"path\": {\"kv/*\": {\"capabilities\": [\"read\"]}}}"
    let jsonSpans = try #require(parse(json).policy.rules.first?.spans)
    #expect(String(decoding: Array(json.utf8)[jsonSpans.pattern.range], as: UTF8.self) == "\"kv/*\"")
    #expect(jsonSpans.capabilities[.read] != nil)
  }

  @Test func `values are read as HCL 1 reads them`() throws {
    let text = """
      path "a" {
        required_parameters = ["x", 5, <<EOT
      two
      lines
      EOT
        ]
        comment = "tab\\t\\x41\\101\\u00e9 ${kept "as" is}"
        min_wrapping_ttl = 0x10
        max_wrapping_ttl = 010000
        allowed_parameters = { "n" = [1, 1.5, true, "s", ["in"], { k = "v" }] }
      }
      """
    let rule = try #require(parse(text).policy.rules.first)
    #expect(rule.requiredParameters == ["x", "5", "two\nlines\n"])
    #expect(rule.comment == "tab\tAAé ${kept \"as\" is}")
    #expect(rule.minWrappingTTL == .seconds(16) && rule.maxWrappingTTL == .seconds(4096))
    #expect(
      rule.allowedParameters?.entries.first?.values == [
        1, .number(1.5), true, "s", ["in"], .object(["k": "v"]),
      ])
  }

  @Test(arguments: [
    ("90s", 90.0), ("1h30m", 5400), ("7d", 604_800), ("15", 15), ("-5", -5), ("300ms", 0.3), ("", 0), ("1.5h", 5400),
  ])
  func `durations are read`(text: String, seconds: Double) {
    #expect(VaultDuration.parse(text) == .milliseconds(Int64(seconds * 1000)))
  }

  @Test(arguments: ["soon", "5x", "1h 2m", ".", "-", "1..5s", "99999999999999999999", "9999999999999s", "s"])
  func `what is no duration is refused`(text: String) {
    #expect(VaultDuration.parse(text) == nil)
  }

  @Test func `kinds of mistakes are described once each`() {
    #expect(Set(PolicyMistakes.all.map(\.code)).count == PolicyMistakes.all.count)
    #expect(Set(PolicyMistakes.all.map(\.slug)).count == PolicyMistakes.all.count)
    #expect(PolicyMistakes.all.allSatisfy { $0.code.category == .secrets && !$0.summary.hasSuffix(".") })
  }
}
