import HTTP1
import NIOCore
import Testing

/// What comes out of the parser is a function of the bytes, however they are cut; and no bytes crash it.
@Suite struct SplitTests {
  private static let requests = [
    "GET /health HTTP/1.1\r\nHost: x\r\n\r\n\r\n\r\nPOST / HTTP/1.1\r\ncontent-length: 11\r\n\r\nhello world",
    "POST /v1 HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nt: 1\r\n\r\nGET / HTTP/1.0\r\n\r\n",
    "GET / HTTP/1.1\r\nbad\r\n\r\n", "POST / HTTP/1.1\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello",
    "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhelloX\r\n", "GET / HTTP/1.1\r\nx: y\nz: a\r\n\r\n",
  ]
  private static let responses = [
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbodyHTTP/1.1 204 \r\n\r\n",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\nHTTP/1.0 200 OK\r\n\r\nthe rest",
    "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort", "HTTP/1.1 777 X\r\n\r\n",
  ]

  private static func all() -> [(MessageParser.Kind, String)] {
    requests.map { (.requests, $0) } + responses.map { (.responses, $0) }
  }

  @Test func `every cut in two gives the same result, and so does every byte alone`() {
    for (kind, text) in Self.all() {
      let bytes = Array(text.utf8)
      let whole = Transcript.of(kind, [bytes], ends: true)
      for cut in 0...bytes.count {
        let parts = Transcript.of(kind, [Array(bytes[..<cut]), Array(bytes[cut...])], ends: true)
        #expect(parts == whole, "cut at \(cut) of \(text.debugDescription)")
      }
      #expect(Transcript.of(kind, bytes.map { [$0] }, ends: true) == whole, "\(text.debugDescription)")
    }
  }

  @Test func `random damage in random pieces gives the same result as in one, and never crashes`() {
    var random = SplitMix(state: 2026)
    var refused = 0
    let limits = MessageParser.Limits(headBytes: 150, fieldCount: 4)
    for _ in 0..<20_000 {
      guard let (kind, text) = Self.all().randomElement(using: &random) else { return }
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: bytes[..<place].suffix(20), at: place)
        default: bytes.insert(Array("\r\n :;0,\0".utf8).randomElement(using: &random) ?? 0, at: place)
        }
      }
      var pieces: [[UInt8]] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let size = Int.random(in: 1...max(1, min(40, rest.count)), using: &random)
        pieces.append(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
      let whole = Transcript.of(kind, [bytes], ends: true, limits: limits)
      let parts = Transcript.of(kind, pieces, ends: true, limits: limits)
      #expect(parts == whole, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
      if whole.error != nil { refused += 1 }
    }
    // Damage must be both noticed and harmless often enough, or the test tests nothing.
    #expect((4_000...19_000).contains(refused), "\(refused)")
  }

  @Test func `random bytes never crash`() {
    var random = SplitMix(state: 7)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random) : Array("\r\n: HTP/1.".utf8).randomElement(using: &random) ?? 0
      }
      _ = Transcript.of(.requests, [Array("GET / HTTP/1.1\r\n".utf8) + bytes], ends: true)
      _ = Transcript.of(.responses, [Array("HTTP/1.1 200 OK\r\n".utf8) + bytes], ends: true)
      _ = Transcript.of(.requests, [bytes], ends: true)
    }
  }
}

/// A generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
