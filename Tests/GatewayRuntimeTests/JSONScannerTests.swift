import Foundation
import Testing

@testable import GatewayRuntime

@Suite struct JSONScannerTests {
  private func accepts(_ text: some Sequence<UInt8>) -> Bool {
    let bytes = Array(text)
    var scanner = JSONScanner()
    do {
      scanner.skipSpace(bytes.span)
      try scanner.value(bytes.span)
      try scanner.finish(bytes.span)
      return true
    } catch {
      return false
    }
  }

  @Test(arguments: [
    "{}", " [ ] ", "null", "true", "false", "0", "-0", "-1.5e+10", "1E5", #""""#, #""a\"b\\\u00e9\n""#,
    #"{"a":[1,{"b":null}],"c":"d"}"#, "\t{\r\n}\n", #"{"a":1,"a":2}"#,
  ])
  func `accepts JSON`(text: String) {
    #expect(accepts(text.utf8))
  }

  @Test(arguments: [
    "", " ", "{", "}", "[1,]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}", "tru", "nulll", "01", "1.", ".5",
    "1e", "+1", "-", #"""#, #""\x""#, #""\u12g4""#, #""\u12"#, "\"a\nb\"", "{} {}", "[1 2]", "\u{FEFF}{}", "NaN", "'a'",
  ])
  func `refuses what is not JSON`(text: String) {
    #expect(!accepts(text.utf8))
  }

  @Test func `nesting is bounded`() {
    #expect(accepts(Array(repeating: UInt8(ascii: "["), count: 200) + Array(repeating: UInt8(ascii: "]"), count: 200)))
    #expect(!accepts(Array(repeating: UInt8(ascii: "["), count: 1_000_000)))
    #expect(!accepts(Array(String(repeating: #"{"a":"#, count: 100_000).utf8)))
  }

  /// Foundation's parser is another implementation of the same grammar: both must say the same of broken text.
  @Test func `agrees with another parser on mutated text`() {
    let seeds = [
      #"{"model":"gpt","messages":[{"role":"user","content":"a\"\\\u0041"}],"stream":true,"n":-1.25e3,"x":null}"#,
      #"[[],{},"",0,false,[1,2,{"k":[]}]]"#,
    ]
    let alphabet = Array(#"{}[]",:\0123456789.eE+-truefalsn "#.utf8)
    var random = LoopRandom(seed: 42)
    var disagreements: [String] = []
    for round in 0..<20_000 {
      var bytes = Array(seeds[round % 2].utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = alphabet.randomElement(using: &random) ?? 0
        case 1: bytes.remove(at: place)
        default: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
        }
      }
      let theirs = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
      let text = String(decoding: bytes, as: UTF8.self)
      // Foundation also takes a comma after the last element, which RFC 8259 does not.
      let isLenient = theirs && (text.contains(",]") || text.contains(",}"))
      if accepts(bytes) != theirs, !isLenient { disagreements.append(text) }
    }
    #expect(disagreements.isEmpty, "\(disagreements.prefix(5))")
  }

  @Test func `each byte counts at each place of a string`() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<20 {
        var bytes = Array("\"\(String(repeating: "a", count: 20))\"".utf8)
        bytes[1 + place] = byte
        let isPlain = byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        #expect(accepts(bytes) == isPlain, "\(byte) at \(place)")
      }
    }
  }

  @Test func `strings survive encoding and decoding`() {
    for text in ["", "plain", "q\"b\\s/", "\u{0}\u{1f}\n\r\t", "é漢😀", "\u{7f}\u{2028}"] {
      let encoded = JSONText.encode(text)
      #expect(accepts(encoded))
      #expect(JSONText.decode(encoded.span, 0..<encoded.count) == text)
    }
    let escapes = Array(#""\ud83d\ude00\u00e9\ud83d\/\b\f""#.utf8)
    #expect(JSONText.decode(escapes.span, 0..<escapes.count) == "😀é\u{FFFD}/\u{8}\u{c}")
  }
}
