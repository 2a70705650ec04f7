import HTTP1
import NIOCore

extension MessageHead {
  /// A head as it would come from a provider.
  static func response(fields: [(String, String)]) -> MessageHead? {
    let lines = fields.map { "\($0): \($1)\r\n" }.joined()
    return first(.responses, "HTTP/1.1 200 OK\r\n\(lines)\r\n")
  }

  /// The first head in some bytes.
  static func first(_ kind: MessageParser.Kind, _ text: String) -> MessageHead? {
    var parser = MessageParser(kind)
    parser.feed(ByteBuffer(string: text))
    guard case .head(let head) = try? parser.next() else { return nil }
    return head
  }
}
