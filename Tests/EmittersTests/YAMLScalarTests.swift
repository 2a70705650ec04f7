import Emitters
import Testing

@Suite struct `YAML scalars` {
  /// Texts that are safe as they are.
  static let plain = [
    "abc", "a b", "_x", "/etc/ssl", "$(POD_NAME)", "${A}", "(x)", "é", "日本", "😀", "a:b", "http://x/y?z=1#f", "a#b",
    "a,b", "a[0]", "x{{ y }}", "it's", "say \"x\"", "C:\\x", "100m", "512Mi", "30s", "4h",
    "10.0.0.0/8", "1password", "xyz", "123e4567-e89b-12d3-a456-426614174000", "-c", "--port",
    "--config=/x", "yesterday", "note", "nullable", "trueish", "info", "nano", "onward", "offset", "ye", "nil",
    "a\u{A0}b",
    "ghcr.io/berriai/litellm:v1.2", "a - b", "v1.29", "sha256:0a1b", "x :y",
  ]

  /// Texts that some reader would take for something else, and texts that no reader would take at all.
  static let quoted: [(String, String)] = [
    ("", #""""#), ("1.29", #""1.29""#), ("0400", #""0400""#), ("1e3", #""1e3""#), ("12:30", #""12:30""#),
    ("-1", #""-1""#), (".5", #"".5""#), ("0x1F", #""0x1F""#), ("0X1f", #""0X1f""#), ("1_000", #""1_000""#),
    ("2026-11-23", #""2026-11-23""#), ("0o17", #""0o17""#), ("0b11", #""0b11""#), ("+1", #""+1""#), ("1.", #""1.""#),
    ("1,000", #""1,000""#), ("1.2.3", #""1.2.3""#), ("10.0.0.1", #""10.0.0.1""#), ("7", #""7""#), ("00", #""00""#),
    ("6.02E+23", #""6.02E+23""#), ("190:20:30.15", #""190:20:30.15""#), ("-0", #""-0""#), ("12e03", #""12e03""#),
    ("2001-12-14t21:59:43.10-05:00", #""2001-12-14t21:59:43.10-05:00""#), ("0x", #""0x""#),
    ("2001-12-14 21:59:43Z", #""2001-12-14 21:59:43Z""#), (".inf", #"".inf""#), ("-.INF", #""-.INF""#),
    (".NaN", #"".NaN""#), ("inf", #""inf""#), ("-inf", #""-inf""#), ("NaN", #""NaN""#), ("Infinity", #""Infinity""#),
    ("yes", #""yes""#), ("No", #""No""#), ("ON", #""ON""#), ("off", #""off""#), ("y", #""y""#), ("N", #""N""#),
    ("true", #""true""#), ("False", #""False""#), ("tRuE", #""tRuE""#), ("null", #""null""#), ("Null", #""Null""#),
    ("~", #""~""#), ("<<", #""<<""#), ("=", #""=""#), ("-", #""-""#), ("- a", #""- a""#), ("---", #""---""#),
    ("--- a", #""--- a""#), ("...", #""...""#), ("?", #""?""#), ("? a", #""? a""#), (":", #"":""#), (": a", #"": a""#),
    ("a: b", #""a: b""#), ("a:", #""a:""#), ("a #b", #""a #b""#), ("#a", "\"#a\""), (" a", #"" a""#), ("a ", #""a ""#),
    ("*a", #""*a""#), ("&a", #""&a""#), ("!a", #""!a""#), ("|", #""|""#), (">", #"">""#), ("%a", #""%a""#),
    ("@a", #""@a""#), ("`a", #""`a""#), ("'a'", #""'a'""#), ("\"a\"", #""\"a\"""#), (",a", #"",a""#), ("[a", #""[a""#),
    ("]", #""]""#), ("{}", #""{}""#), ("}", #""}""#), ("a\tb", #""a\tb""#), ("\\ a", #""\\ a""#),
    ("a\u{0}b", #""a\u0000b""#), ("a\u{7F}", #""a\u007f""#), ("a\u{85}b", #""a\u0085b""#),
    ("a\u{2028}b\u{2029}", #""a\u2028b\u2029""#), ("\u{FEFF}a", #""\ufeffa""#), ("a\u{FFFE}", #""a\ufffe""#),
    ("a\r\nb", #""a\r\nb""#), ("\n", #""\n""#), ("\n\n", #""\n\n""#), ("a\u{1B}[0m\nb", #""a\u001b[0m\nb""#),
    ("\u{8}\u{C}", #""\u0008\u000c""#), ("é: \u{A0}", "\"é: \u{A0}\""),
  ]

  /// Texts of several lines, and what stands behind `k: `.
  static let literal: [(String, String)] = [
    ("a\nb", "|-\n  a\n  b\n"), ("a\nb\n", "|\n  a\n  b\n"), ("a\n\n", "|+\n  a\n\n"),
    ("a\n\n\nb\n\n\n", "|+\n  a\n\n\n  b\n\n\n"),
    (" a\nb", "|2-\n   a\n  b\n"), ("\ta\n", "|2\n  \ta\n"), ("\n\na", "|-\n\n\n  a\n"), ("\n  a\n", "|2\n\n    a\n"),
    ("a\n  \n", "|\n  a\n    \n"), ("# a\n- b: 'c'\n", "|\n  # a\n  - b: 'c'\n"), ("a \nb", "|-\n  a \n  b\n"),
    (" \n", "|2\n   \n"), ("---\n...\n", "|\n  ---\n  ...\n"), ("é\n😀\n", "|\n  é\n  😀\n"), ("1\n", "|\n  1\n"),
  ]

  @Test(arguments: plain)
  func `safe text stays plain`(_ text: String) {
    #expect(YAMLWriter.write([["k": .string(text)]]).text == "k: \(text)\n")
    #expect(YAMLWriter.write([.mapping([.init(text, 1)])]).text == "\(text): 1\n")
  }

  @Test(arguments: quoted)
  func `doubtful text is quoted, as a value and as a key`(_ text: String, _ wanted: String) {
    #expect(YAMLWriter.write([["k": .string(text)]]).text == "k: \(wanted)\n")
    #expect(YAMLWriter.write([.mapping([.init(text, 1)])]).text == "\(wanted): 1\n")
  }

  @Test(arguments: literal)
  func `several lines become a literal`(_ text: String, _ wanted: String) {
    #expect(YAMLWriter.write([["k": .string(text)]]).text == "k: \(wanted)")
  }

  @Test func `scalars that are no text are never quoted`() {
    let value: YAMLValue = [
      "i": 42, "m": .integer(.min), "t": true, "f": .boolean(false), "z": .null, "d": .number("0.50"),
      "x": .number("1: 2"),
    ]
    let wanted = "i: 42\nm: -9223372036854775808\nt: true\nf: false\nz: null\nd: 0.50\nx: \"1: 2\"\n"
    #expect(YAMLWriter.write([value]).text == wanted)
  }

  @Test func `a key too long for one line gets a question mark`() {
    let key = String(repeating: "k", count: 1001)
    let value: YAMLValue = ["a": .mapping([.init(key, ["b": 1]), .init("c", 2)])]
    #expect(YAMLWriter.write([value]).text == "a:\n  ? \(key)\n  :\n    b: 1\n  c: 2\n")
    #expect(YAMLWriter.write([value]).lineOrigins.count == 5)
  }
}
