import SourceDiagnostics
import Testing
import VaultPolicy

@Suite struct ParserPropertyTests {
  private static let seeds: [String] = {
    let shared = SharedVectors.acl
    let texts = (shared["parse_vectors"]?.array ?? []).compactMap { $0["hcl"]?.string }
    return texts + (shared["format_vectors"]?["vectors"]?.array ?? []).compactMap { $0["in"]?.string } + [
      "path \"a\" {\n  comment = <<-EOT\n    x\n    EOT\n}\n",
      "{\"path\": {\"a/+/b*\": {\"capabilities\": [\"read\"]}}}",
    ]
  }()

  private func check(_ bytes: [UInt8]) {
    var map = SourceMap()
    let file = map.add(name: "x.hcl", bytes: bytes)
    for profile in [VersionProfile.trimmedFirst, .denyAware] {
      let (policy, diagnostics) = PolicyParser.parse(file, profile: profile)
      for diagnostic in diagnostics {
        #expect(diagnostic.primary.span.end <= bytes.count)
        #expect(PolicyMistakes.all.contains { $0.code == diagnostic.code })
      }
      for rule in policy.rules {
        guard let spans = rule.spans else {
          Issue.record("a rule without places")
          continue
        }
        #expect(spans.rule.end <= bytes.count && spans.pattern.start >= spans.rule.start)
      }
      if let text = PolicyFormatter.format(file, profile: profile).text {
        // What was accepted stays accepted.
        #expect(!parse(text, profile: profile).diagnostics.hasErrors)
      }
      _ = try? ACL([policy]).decide(.read, "a/b")
    }
  }

  @Test func `mutated policies never break the parser`() {
    var random = SeededRandom(1)
    let inserts = Array("{}[]\"=,#/\\*$\n\r<-E.0+:é".utf8) + [0, 0xFF, 0xC3]
    for _ in 0..<1500 {
      var bytes = Array(random.pick(Self.seeds).utf8)
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let at = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0 where at < bytes.count: bytes.remove(at: at)
        case 1 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &random)
        default: bytes.insert(random.pick(inserts), at: at)
        }
      }
      check(bytes)
    }
  }

  @Test func `random bytes never break the parser`() {
    var random = SeededRandom(2)
    for _ in 0..<800 {
      check((0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  @Test func `deep nesting and long files are refused or read without trouble`() {
    let count = 20_000
    for text in [
      "path \"a\" { x = " + String(repeating: "[", count: count), "{\"a\":" + String(repeating: "[", count: count),
      String(repeating: "a {", count: count), String(repeating: "{\"a\":", count: count),
      String(repeating: "}", count: count),
      String(repeating: "\"", count: count), "/*" + String(repeating: "/*", count: count),
    ] {
      #expect(parse(text).diagnostics.hasErrors)
    }
    let rules = 1000
    let long = String(repeating: "path \"kv/data/+/x\" {\n  capabilities = [\"read\"] # why\n}\n", count: rules)
    #expect(parse(long).policy.rules.count == rules)
    #expect(format(long)?.isEmpty == false)
  }
}
