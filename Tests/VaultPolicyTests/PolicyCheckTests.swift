import SourceDiagnostics
import Testing
import VaultPolicy

struct PolicyCheckTests {
  /// The findings of a policy as `slug@underlined text`.
  private func findings(_ text: String) -> [String] {
    PolicyCheck.diagnostics(in: parse(text).policy).map { diagnostic in
      "\(diagnostic.slug)@\(String(decoding: Array(text.utf8)[diagnostic.primary.span.range], as: UTF8.self))"
    }
  }

  @Test func `the broader rule that is named is the next one, not the widest`() {
    let text = """
      path "kv/*" { capabilities = ["read", "update"] }
      path "kv/data/*" { capabilities = ["read"] }
      path "kv/data/team" { capabilities = ["read"] }
      """
    #expect(findings(text) == ["rule-shadowed@\"kv/data/*\""])
  }

  @Test func `a segment wildcard is inside a prefix, and a prefix is not inside a segment wildcard`() {
    #expect(
      findings(
        """
        path "kv/data/*" { capabilities = ["read"] }
        path "kv/data/+/private" { capabilities = ["update"] }
        """) == ["rule-shadowed@\"kv/data/+/private\""])
    #expect(
      findings(
        """
        path "kv/data/+" { capabilities = ["read"] }
        path "kv/data/team/*" { capabilities = ["update"] }
        """) == [])
  }

  @Test func `a deny is ineffective only where a rule inside it grants`() {
    #expect(
      findings(
        """
        path "kv/data/team/*" { capabilities = ["deny"] }
        path "kv/data/*" { capabilities = ["read"] }
        path "kv/data/other" { capabilities = ["read"] }
        """) == [])
  }

  @Test(arguments: [
    ("secret/data/x", true), ("secret/metadata/*", false), ("secret/team/data/x", false), ("sys/data/x", false),
    ("+/data/x", true),
  ])
  func `without knowledge of mounts the second segment tells a KV v2 engine`(pattern: String, isData: Bool) {
    let text = "path \"\(pattern)\" { capabilities = [\"read\", \"list\"] }"
    #expect(findings(text) == (isData ? ["list-on-data-path@\"list\""] : []))
  }

  @Test func `a declared mount of version 1 or with slashes is believed`() {
    let mounts = KeyValueMounts(versions: ["legacy": .v1, "teams/ai": .v2, "db": nil])
    let check = PolicyCheck.all.first { $0.description.slug == "list-on-data-path" }
    func count(_ pattern: String) -> Int? {
      check?.diagnostics(in: parse("path \"\(pattern)\" { capabilities = [\"list\"] }").policy.rules, on: mounts).count
    }
    #expect(count("legacy/data/x") == 0)
    #expect(count("db/data/x") == 0)
    #expect(count("teams/ai/data/x") == 1)
    #expect(count("teams/ai/metadata/x") == 0)
  }

  @Test(arguments: [
    ("", nil), ("v1/kv/data/x", "kv/data/x"), ("//kv/data/x", "kv/data/x"), ("kv/./data", "kv/data"),
    ("kv/../data", nil),
    ("Sys/leases/lookup", "sys/leases/lookup"), ("KV/Metadata/x", "KV/metadata/x"),
  ])
  func `a pattern that nothing can match is told with what was meant`(pattern: String, corrected: String?) throws {
    let flaw = try #require(PathPattern(pattern).flaw)
    #expect(flaw.corrected == corrected ?? "")
  }

  @Test(arguments: ["kv/data/x", "kv/metadata/", "v1/x", "kv/+/x", "*", "KV/data/x", "kv/Data"])
  func `a pattern that something can match has no flaw`(pattern: String) {
    #expect(PathPattern(pattern).flaw == nil)
  }

  @Test func `every check has its place among the mistakes of policies`() {
    let codes = PolicyCheck.all.map(\.description.code)
    #expect(codes == codes.sorted())
    #expect(Set(codes).isDisjoint(with: PolicyMistakes.all.map(\.code)))
  }
}
