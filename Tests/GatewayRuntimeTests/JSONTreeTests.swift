import Foundation
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct JSONTreeTests {
  private func tree(_ text: String) throws -> JSONTree { try JSONTree(ByteBuffer(string: text)) }

  private func copied(_ text: String) throws -> String {
    let tree = try tree(text)
    var output = JSONOutput()
    output.copy(tree.root, of: tree)
    return String(buffer: output.buffer)
  }

  @Test func `finds members, the last of several, and not those that are null`() throws {
    let tree = try tree(#"{"a":1,"b":{"c":["x",2]},"a":{"d":true},"n":null,"\u0065":"escaped key"}"#)
    #expect(tree.member(tree.root, "a", "d").flatMap { tree.boolean($0) } == true)
    let list = try #require(tree.member(tree.root, "b", "c"))
    #expect(tree.elements(of: list).map { tree.kind($0) } == [.string, .number])
    #expect(tree.member(tree.root, "n") == nil)
    #expect(tree.member(tree.root, "e").flatMap { tree.string($0) } == "escaped key")
    #expect(tree.member(list, "a") == nil)
    #expect(Array(tree.members(of: tree.root)).count == 5)
  }

  @Test(arguments: [
    ("0", 0), ("-7", -7), ("1700000000", 1_700_000_000), ("1.5", nil), ("1e3", nil), ("12345678901234567890", nil),
    ("\"1\"", nil), ("null", nil),
  ])
  func `reads integers only`(text: String, expected: Int?) throws {
    let tree = try tree(text)
    #expect(tree.integer(tree.root) == expected)
  }

  @Test(arguments: ["0", "-0", "0.0", "0e5", "0.00E+7"])
  func `zero is zero however it is written`(text: String) throws {
    let tree = try tree(text)
    #expect(tree.isZero(tree.root))
    let other = try self.tree("0.01")
    #expect(!other.isZero(other.root))
  }

  @Test func `copying leaves white space out and every other byte as it is`() throws {
    #expect(
      try copied("{ \"a\" : [ 1.50 , -0e+1 ,\n\"x \\u00e9\\/ \\\" y\" ] ,\t\"b\":{ } }")
        == #"{"a":[1.50,-0e+1,"x \u00e9\/ \" y"],"b":{}}"#)
  }

  @Test func `a nested text can be read back`() throws {
    let text = #"{"a":"q\"b\\s\n","é":[1.0,{"\u0041":null}]}"#
    let tree = try tree(text)
    var output = JSONOutput()
    output.raw("\"")
    output.nested(tree.root, of: tree)
    output.raw("\"")
    let outer = try JSONTree(output.buffer)
    #expect(outer.string(outer.root) == text)
    let inner = try #require(outer.nestedObject(outer.root))
    #expect(String(buffer: inner.text) == text)
  }

  @Test(arguments: [
    (#"\ud83d\ude00 \u00e9\n\"\\\/"#, "😀 é\n\"\\/"), (#"\ud83d"#, "\u{FFFD}"), (#"\ud83dx"#, "\u{FFFD}x"),
    (#"\ud83d\u0041"#, "\u{FFFD}A"), ("plain", "plain"), ("", ""),
  ])
  func `undoes escapes`(content: String, text: String) {
    #expect(String(buffer: JSONContent.unescaped(Array(content.utf8).span)) == text)
  }

  @Test func `nesting is bounded`() throws {
    #expect(throws: Never.self) {
      _ = try tree(String(repeating: "[", count: 200) + String(repeating: "]", count: 200))
    }
    #expect(throws: JSONSyntaxError.self) { _ = try tree(String(repeating: "[", count: 1_000_000)) }
    #expect(throws: JSONSyntaxError.self) { _ = try tree(String(repeating: #"{"a":"#, count: 100_000)) }
  }

  /// Random JSON, and JSON with random damage: the tree takes what the scanner takes, and a copy is what another parser
  /// reads as the same value.
  @Test func `random JSON survives`() throws {
    var random = LoopRandom(seed: 7)
    for round in 0..<3000 {
      var text = RandomJSON.value(depth: 4, &random)
      if round % 3 == 0, !text.isEmpty {
        var bytes = Array(text.utf8)
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        text = String(decoding: bytes, as: UTF8.self)
      }
      let bytes = Array(text.utf8)
      var scanner = JSONScanner()
      let isAccepted: Bool
      do {
        scanner.skipSpace(bytes.span)
        try scanner.value(bytes.span)
        try scanner.finish(bytes.span)
        isAccepted = true
      } catch {
        isAccepted = false
      }
      guard let copy = try? copied(text) else {
        #expect(!isAccepted, "\(text)")
        continue
      }
      #expect(isAccepted, "\(text)")
      #expect(try copied(copy) == copy)
      // Foundation refuses lone surrogates and numbers out of its range, which JSON allows.
      if let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) as? NSObject {
        let ours = try JSONSerialization.jsonObject(with: Data(copy.utf8), options: .fragmentsAllowed) as? NSObject
        #expect(ours == theirs, "\(text)")
      }
    }
  }
}

/// Makes JSON that has everything.
enum RandomJSON {
  static func value(depth: Int, _ random: inout LoopRandom) -> String {
    let space = ["", "", " ", "\n\t"].randomElement(using: &random) ?? ""
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: return ["null", "true", "false"].randomElement(using: &random) ?? "null"
    case 1, 2:
      return ["0", "-1.5e+10", "12.50", "1E5", "-0", "123456789012345678901"].randomElement(using: &random) ?? "0"
    case 3, 4, 5: return string(&random)
    case 6:
      let elements = (0..<Int.random(in: 0..<4, using: &random)).map { _ in value(depth: depth - 1, &random) }
      return "[\(space)" + elements.joined(separator: "\(space),\(space)") + "\(space)]"
    default:
      let members = (0..<Int.random(in: 0..<4, using: &random)).map { _ in
        string(&random) + "\(space):\(space)" + value(depth: depth - 1, &random)
      }
      return "{\(space)" + members.joined(separator: "\(space),\(space)") + "\(space)}"
    }
  }

  static func string(_ random: inout LoopRandom) -> String {
    let parts = [
      "a", "model", "é", "😀", #"\""#, #"\\"#, #"\n"#, #"\u00e9"#, #"\ud83d\ude00"#, " ", "{", "]", ":", ",", #"\/"#,
    ]
    return "\""
      + (0..<Int.random(in: 0..<12, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      + "\""
  }
}
