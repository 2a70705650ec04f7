import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct EventStreamParserTests {
  private func events(_ bytes: [UInt8], cut: [Int]) throws -> [String] {
    var parser = EventStreamParser()
    var events: [String] = []
    var start = 0
    for end in cut + [bytes.count] {
      try parser.feed(ByteBuffer(bytes: bytes[start..<end]))
      while let event = try parser.next() { events.append(describe(event)) }
      start = end
    }
    if let event = parser.finish() { events.append(describe(event)) }
    return events
  }

  private func describe(_ event: ServerSentEvent) -> String {
    "\(String(buffer: event.name))|\(String(buffer: event.data))"
  }

  private static let text =
    "\u{FEFF}: comment\n\nevent: one\ndata: {\"a\":1}\n\ndata:no space\ndata\ndata:  two spaces\nid: 7\nretry: 5\n\n"
    + "event: lonely\n\n\n\ndatax: no\ndata: é\n\ndata: [DONE]\n\ndata: unfinished"
  private static let expected = [
    "one|{\"a\":1}", "|no space\n\n two spaces", "|é", "|[DONE]", "|unfinished",
  ]

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `finds the same events wherever the stream is cut`(lineEnd: String) throws {
    let bytes = Array(
      Self.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineEnd).utf8)
    #expect(try events(bytes, cut: []) == Self.expected)
    #expect(try events(bytes, cut: Array(1..<bytes.count)) == Self.expected)
    for first in 0..<bytes.count {
      #expect(try events(bytes, cut: [first]) == Self.expected, "cut at \(first)")
      #expect(try events(bytes, cut: [first, min(first + 2, bytes.count)]) == Self.expected, "cut at \(first), twice")
    }
  }

  @Test func `an event without end is refused`() throws {
    var parser = EventStreamParser()
    let piece = ByteBuffer(string: "data: " + String(repeating: "x", count: 1 << 20))
    #expect(throws: GatewayError.upstreamMalformed) {
      for _ in 0..<20 { try parser.feed(piece) }
    }
    var lines = EventStreamParser()
    #expect(throws: GatewayError.upstreamMalformed) {
      for _ in 0..<20 {
        try lines.feed(ByteBuffer(string: "data: " + String(repeating: "x", count: 1 << 20) + "\n"))
        while try lines.next() != nil {}
      }
    }
  }

  @Test func `many events in one large piece are no large event`() throws {
    var parser = EventStreamParser()
    let event = "data: " + String(repeating: "x", count: 1 << 20) + "\n\n"
    try parser.feed(ByteBuffer(string: String(repeating: event, count: 20)))
    var count = 0
    while try parser.next() != nil { count += 1 }
    #expect(count == 20)
  }
}

@Suite struct AWSEventStreamDecoderTests {
  private static let messages: [[UInt8]] = [
    AmazonFrames.frame(
      headers: [(":event-type", "messageStart"), (":message-type", "event")], payload: Array("{}".utf8)),
    AmazonFrames.frame(
      headers: [(":exception-type", "throttlingException"), (":message-type", "exception")],
      payload: Array(#"{"message":"slow"}"#.utf8)),
    AmazonFrames.frame(headers: [], payload: []),
  ]

  private func decode(_ bytes: [UInt8], cut: [Int]) throws -> [String] {
    var decoder = AWSEventStreamDecoder()
    var found: [String] = []
    var start = 0
    for end in cut + [bytes.count] {
      decoder.feed(ByteBuffer(bytes: bytes[start..<end]))
      while let message = try decoder.next() { found.append("\(message.type)|\(String(buffer: message.payload))") }
      start = end
    }
    #expect(!decoder.isCutOff)
    return found
  }

  @Test func `finds the same messages wherever the stream is cut`() throws {
    let bytes = Self.messages.flatMap { $0 }
    let expected = ["messageStart|{}", "throttlingException|{\"message\":\"slow\"}", "|"]
    #expect(try decode(bytes, cut: []) == expected)
    #expect(try decode(bytes, cut: Array(1..<bytes.count)) == expected)
    for place in 0..<bytes.count { #expect(try decode(bytes, cut: [place]) == expected, "cut at \(place)") }
  }

  @Test func `any damaged byte is noticed`() {
    let bytes = Self.messages[1]
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 0x10
      var decoder = AWSEventStreamDecoder()
      decoder.feed(ByteBuffer(bytes: damaged))
      // A larger length may only wait for more.
      let message = try? decoder.next()
      #expect(message == nil, "byte \(place)")
    }
  }

  @Test func `lengths that cannot be are refused`() throws {
    for (total, headers) in [(15, 0), (16, 1), (1 << 30, 0), (0, 0)] as [(UInt32, UInt32)] {
      var bytes = ByteBuffer()
      bytes.writeInteger(total)
      bytes.writeInteger(headers)
      bytes.writeInteger(CRC32.checksum(of: bytes.readableBytesUInt8Span))
      bytes.writeInteger(0 as UInt32)
      var decoder = AWSEventStreamDecoder()
      decoder.feed(bytes)
      #expect(throws: GatewayError.upstreamMalformed) { _ = try decoder.next() }
    }
  }

  /// The check value that catalogues of checksums give for CRC-32.
  @Test func `the checksum is CRC-32`() {
    #expect(CRC32.checksum(of: Array("123456789".utf8).span) == 0xCBF4_3926)
  }
}
