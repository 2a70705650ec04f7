import SourceDiagnostics
import Testing

@Suite struct NameSuggestionTests {
  private static let keys = [
    "replicas", "image", "resources", "environment", "port", "maxTokens", "requests", "timeout", "liveness",
    "readiness",
    "serviceAccount", "log-level", "ttl", "cpu", "min", "max",
  ]

  @Test(arguments: [
    ("replica", "replicas"), ("Replicas", "replicas"), ("repilcas", "replicas"), ("max_tokens", "maxTokens"),
    ("max-tokens", "maxTokens"), ("MAXTOKENS", "maxTokens"), ("tokensMax", "maxTokens"), ("log_level", "log-level"),
    ("env", "environment"), ("repl", "replicas"), ("ports", "port"), ("prot", "port"), ("livenes", "liveness"),
    ("lifeness", "liveness"), ("serviceAcount", "serviceAccount"), ("serviceaccountname", "serviceAccount"),
    ("TTL", "ttl"), ("tll", "ttl"),
  ])
  func aMistypedNameLeadsToTheOneMeant(wrong: String, meant: String) {
    #expect(NameSuggestion.nearest(to: wrong, among: Self.keys) == meant)
  }

  @Test(arguments: ["", "x", "it", "mi", "id", "foo", "banana", "vault", "e", "---", "gpt", "abc"])
  func anUnrelatedOrVeryShortWordGetsNoSuggestion(word: String) {
    #expect(NameSuggestion.nearest(to: word, among: Self.keys) == nil)
  }

  @Test func theExactNameIsNoSuggestion() {
    #expect(NameSuggestion.nearest(to: "port", among: ["port"]) == nil)
  }

  @Test func anEqualNameInAnotherSpellingBeatsANearerOne() {
    #expect(NameSuggestion.nearest(to: "maxtoken_s", among: ["maxtoken_", "max-tokens"]) == "max-tokens")
  }

  @Test func rankingIsByLikenessThenByNameWhateverTheOrder() {
    let names = ["timeoot", "timeouts", "time-out", "timer", "unrelated", "timeuot"]
    let expected = ["time-out", "timeouts", "timeoot", "timeuot"]
    #expect(NameSuggestion.ranked(to: "timeout", among: names, limit: 9) == expected)
    #expect(NameSuggestion.ranked(to: "timeout", among: names.reversed(), limit: 2) == Array(expected.prefix(2)))
    #expect(NameSuggestion.ranked(to: "timeout", among: names, limit: -1).isEmpty)
  }

  @Test func longNamesAreOnlyComparedForEqualityAndHugeOnesNotAtAll() {
    let long = String(repeating: "ab-", count: 40)
    #expect(NameSuggestion.nearest(to: long, among: [long + "c", long.uppercased()]) == long.uppercased())
    #expect(NameSuggestion.nearest(to: long + "c", among: [long]) == nil)
    let huge = String(repeating: "ab", count: 1_000_000)
    #expect(NameSuggestion.nearest(to: huge, among: [huge.uppercased()]) == nil)
    #expect(NameSuggestion.nearest(to: "abab", among: [huge]) == nil)
  }
}
