import HTTP1
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct ModelRewritingTests {
  private let name = JSONText.encode("public")

  private func rewriteJSON(_ text: String, splitAt split: Int) -> String {
    let bytes = Array(text.utf8)
    var rewriter = JSONBodyRewriter(replacement: name)
    var output = ""
    for piece in [bytes[..<split], bytes[split...]] {
      let (changed, rest) = rewriter.rewrite(ByteBuffer(bytes: piece))
      output += String(buffer: changed) + (rest.map { String(buffer: $0) } ?? "")
    }
    return output
  }

  private func rewriteEvents(_ text: String, pieces: [Int]) throws -> String {
    var rewriter = EventStreamRewriter(replacement: name)
    var rest = ByteBuffer(string: text)
    var output = ""
    for size in pieces {
      guard let piece = rest.readSlice(length: min(size, rest.readableBytes)) else { continue }
      if let events = try rewriter.feed(piece) { output += String(buffer: events) }
    }
    if let events = try rewriter.feed(rest) { output += String(buffer: events) }
    if let events = rewriter.finish() { output += String(buffer: events) }
    return output
  }

  @Test(arguments: [
    (
      #"{"id":"x","choices":[{"model":"inner","s":"}\"]"}],"model" : "gpt-\"4\\","n":{"model":"deep"}}"#,
      #"{"id":"x","choices":[{"model":"inner","s":"}\"]"}],"model" : "public","n":{"model":"deep"}}"#
    ),
    (
      #"{"models":"a","mode":"b","xmodel":"c","model":"d"}"#,
      #"{"models":"a","mode":"b","xmodel":"c","model":"public"}"#
    ),
    (
      #"{"mod\u0065x":"a","mod\\u0065l":"b","\u6d6fdel":"c","m\/odel":"d","mod\u0065l":"e"}"#,
      #"{"mod\u0065x":"a","mod\\u0065l":"b","\u6d6fdel":"c","m\/odel":"d","mod\u0065l":"public"}"#
    ),
    (#"{"\u006d\u006F\u0064\u0065\u006C":"a"}"#, #"{"\u006d\u006F\u0064\u0065\u006C":"public"}"#),
    (#"{"model":null,"a":1}"#, #"{"model":null,"a":1}"#),
    (#"{"a":1.5,"b":true,"model":""}"#, #"{"a":1.5,"b":true,"model":"public"}"#),
    (#"[{"model":"a"}]"#, #"[{"model":"a"}]"#),
    (#"{"a":"model","b":"x"}"#, #"{"a":"model","b":"x"}"#),
    (#"not json "model":"a""#, #"not json "model":"a""#),
    ("", ""),
  ])
  func `replaces the model wherever the body is cut`(text: String, expected: String) {
    for split in 0...text.utf8.count {
      #expect(rewriteJSON(text, splitAt: split) == expected, "cut at \(split)")
    }
  }

  @Test func `a piece without change is not copied`() {
    var rewriter = JSONBodyRewriter(replacement: name)
    _ = rewriter.rewrite(ByteBuffer(string: #"{"model":"a","#))
    #expect(rewriter.isFinished)
    let piece = ByteBuffer(string: String(repeating: "x", count: 1000))
    let same = rewriter.rewrite(piece).changed
    piece.withUnsafeReadableBytes { before in
      same.withUnsafeReadableBytes { after in #expect(before.baseAddress == after.baseAddress) }
    }
  }

  private static let stream = """
    : keep-alive

    data: {"id":"1","model":"gpt","choices":[{"delta":{"content":"say \\"model\\":\\"x\\" }"}}]}

    data:{"model":"a"}

    event: extra
    data: {"object":"x",
    data: "model":"multi"}
    id: 5

    data: {"no":"model"}

    data: [DONE]


    """

  private static let expected = """
    : keep-alive

    data: {"id":"1","model":"public","choices":[{"delta":{"content":"say \\"model\\":\\"x\\" }"}}]}

    data:{"model":"public"}

    event: extra
    data: {"object":"x",
    data: "model":"public"}
    id: 5

    data: {"no":"model"}

    data: [DONE]


    """

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `replaces the model in every event wherever the stream is cut`(lineEnd: String) throws {
    let lines = { (text: String) in
      text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineEnd)
    }
    let text = lines(Self.stream)
    for split in 0...text.utf8.count {
      #expect(try rewriteEvents(text, pieces: [split]) == lines(Self.expected), "cut at \(split)")
    }
    #expect(try rewriteEvents(text, pieces: Array(repeating: 1, count: text.utf8.count)) == lines(Self.expected))
    #expect(try rewriteEvents(text, pieces: Array(repeating: 7, count: 99)) == lines(Self.expected))
  }

  @Test func `only whole events come out, and the end is noticed`() throws {
    var rewriter = EventStreamRewriter(replacement: name)
    #expect(try rewriter.feed(ByteBuffer(string: "data: {\"mo")) == nil)
    let events = try rewriter.feed(ByteBuffer(string: "del\":\"x\"}\n\ndata: {"))
    #expect(events.map { String(buffer: $0) } == "data: {\"model\":\"public\"}\n\n")
    #expect(!rewriter.isDone)
    _ = try rewriter.feed(ByteBuffer(string: "}\n\ndata: [DONE]\n\n"))
    #expect(rewriter.isDone)
    #expect(rewriter.finish() == nil)
  }

  @Test(arguments: ["\n\n", "\r\n\r\n", "\r\r"])
  func `an event comes out with its last byte, wherever it is cut before`(end: String) throws {
    let text = "data: {}" + end
    for split in 0..<text.utf8.count {
      var rewriter = EventStreamRewriter(replacement: name)
      var rest = ByteBuffer(string: text)
      let first = try rest.readSlice(length: split).flatMap { try rewriter.feed($0) }
      #expect(first == nil)
      #expect(try rewriter.feed(rest).map { String(buffer: $0) } == text, "cut at \(split)")
    }
  }

  @Test func `an event that ends inside the name does not harm the next`() throws {
    let text = "data: {\"model\":\"cut\n\ndata: {\"model\":\"a\"}\n\n"
    #expect(try rewriteEvents(text, pieces: []) == "data: {\"model\":\"public\"\n\ndata: {\"model\":\"public\"}\n\n")
  }

  @Test func `an event without end is refused`() {
    var rewriter = EventStreamRewriter(replacement: name)
    let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 20)
    #expect(throws: GatewayError.upstreamMalformed) {
      for _ in 0..<20 { _ = try rewriter.feed(piece) }
    }
  }

  @Test func `the length of a JSON answer follows the replaced name`() throws {
    let text = #"{"model":"gpt-4o-2024","x":1}"#
    let head = try #require(
      MessageHead.response(fields: [
        ("content-type", "application/json"), ("content-length", "\(AnswerBody.heldBytes + 1)"),
      ]))
    var answer = AnswerBody(head: head, fields: [:], encodedModel: name)
    #expect(answer.begin().head == nil)
    #expect(!answer.hasBegun)
    let first = try answer.next(ByteBuffer(string: text))
    let change = "public".utf8.count - "gpt-4o-2024".utf8.count
    #expect(first.head?.length == AnswerBody.heldBytes + 1 + change)

    var late = AnswerBody(head: head, fields: [:], encodedModel: name)
    #expect(try late.next(ByteBuffer(string: #"{"mod"#)).head?.length == nil)

    let gzip = try #require(
      MessageHead.response(fields: [("content-encoding", "gzip"), ("content-type", "application/json")]))
    var compressed = AnswerBody(head: gzip, fields: [:], encodedModel: name)
    #expect(compressed.begin().head != nil)
    #expect(try compressed.next(ByteBuffer(string: text)).body == ByteBuffer(string: text))
  }
}
