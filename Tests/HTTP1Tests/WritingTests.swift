import HTTP1
import NIOCore
import Testing

@Suite struct WritingTests {
  private func written(_ body: (inout MessageWriter) -> Void) -> String {
    var writer = MessageWriter(capacity: 0)
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func `what is written is what the parser reads`() throws {
    var fields: FieldLines = ["x-a": "1"]
    fields.add("x-b", "two\r\nx-evil: 3\0")
    let text = written { writer in
      writer.requestLine(.post, target: "/v1/x?y")
      writer.field("host", "example.com")
      writer.fields(fields)
      writer.endHead()
    }
    #expect(
      Transcript.of(.requests, text).lines == [
        "POST /v1/x?y http11 none keep host=example.com|x-a=1|x-b=two  x-evil: 3", "end", "between",
      ])
  }

  @Test(arguments: [(200, "HTTP/1.1 200 OK\r\n"), (404, "HTTP/1.1 404 Not Found\r\n"), (529, "HTTP/1.1 529 \r\n")])
  func `a status line has its reason phrase if it has one`(status: Int, line: String) {
    #expect(written { $0.statusLine(status) } == line)
  }

  @Test func `chunks are written as the parser reads them`() {
    var buffer = ByteBuffer(string: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    for count in [1, 15, 16, 255, 4096] {
      buffer.writeChunkSize(count)
      buffer.writeRepeatingByte(UInt8(ascii: "x"), count: count)
      buffer.writeChunkEnd()
    }
    buffer.writeLastChunk()
    let transcript = Transcript.of(.responses, String(buffer: buffer))
    #expect(transcript.lines.dropFirst() == ["body \(String(repeating: "x", count: 4383))", "end", "between"])
  }

  @Test func `a field goes on as it came`() throws {
    var parser = MessageParser(.responses)
    parser.feed(ByteBuffer(string: "HTTP/1.1 200 OK\r\nX-Rate:  a \r\nY: b\r\n\r\n"))
    guard case .head(let head) = try parser.next() else {
      Issue.record("no head")
      return
    }
    var lines = FieldLines()
    for field in head.fields { lines.add(field, of: head) }
    lines.add("z", head.fields[0].value, of: head)
    #expect(String(decoding: lines.bytes, as: UTF8.self) == "X-Rate:  a\r\nY: b\r\nz: a\r\n")
    #expect(written { $0.field(head.fields[1], of: head) } == "Y: b\r\n")
  }

  @Test func `token characters are those of RFC 9110`() {
    let tokens = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    for byte in UInt8.min...UInt8.max {
      let head = Array("GET / HTTP/1.1\r\na".utf8) + [byte] + Array("b: c\r\n\r\n".utf8)
      #expect((Transcript.of(.requests, [head]).error == nil) == (tokens.contains(byte) || byte == UInt8(ascii: ":")))
    }
  }
}
