import HTTP1
import NIOCore

/// Everything that a parser says about some bytes, as text: what comes out must not depend on how the bytes were cut.
struct Transcript: Equatable, CustomStringConvertible {
  var lines: [String] = []
  var error: HTTPSyntaxError?

  var description: String { (lines + [error.map { "error: \($0)" } ?? ""]).joined(separator: "\n") }

  /// Runs a parser over pieces; `ends` if the connection ends after them.
  static func of(
    _ kind: MessageParser.Kind, _ pieces: [[UInt8]], answersHEAD: Bool = false, ends: Bool = false,
    limits: MessageParser.Limits = MessageParser.Limits()
  ) -> Transcript {
    var parser = MessageParser(kind, limits: limits)
    parser.answersHEAD = answersHEAD
    var transcript = Transcript()
    var body: [UInt8] = []
    func note(_ event: MessageParser.Event) {
      switch event {
      case .head(let head): transcript.lines.append(describe(head))
      case .body(let piece):
        // Where a body is cut depends on the pieces.
        body += Array(buffer: piece)
      case .end:
        if !body.isEmpty { transcript.lines.append("body \(String(decoding: body, as: UTF8.self))") }
        body = []
        transcript.lines.append("end")
      }
    }
    do {
      for piece in pieces {
        parser.feed(ByteBuffer(bytes: piece))
        while let event = try parser.next() { note(event) }
      }
      if ends, let event = try parser.finish() { note(event) }
      if parser.isBetweenMessages { transcript.lines.append("between") }
    } catch {
      transcript.error = error
    }
    if !body.isEmpty { transcript.lines.append("part \(String(decoding: body, as: UTF8.self))") }
    return transcript
  }

  static func of(_ kind: MessageParser.Kind, _ text: String, answersHEAD: Bool = false, ends: Bool = false)
    -> Transcript
  {
    of(kind, [Array(text.utf8)], answersHEAD: answersHEAD, ends: ends)
  }

  private static func describe(_ head: MessageHead) -> String {
    let start =
      switch head.start {
      case .request(let method, let target): "\(method.rawValue) \(head.string(target))"
      case .response(let status): "\(status)"
      }
    let fields = head.fields.map { "\(head.string($0.name))=\(head.string($0.value))" }.joined(separator: "|")
    return "\(start) \(head.version) \(head.framing) \(head.keepsAlive ? "keep" : "close") \(fields)"
  }
}
