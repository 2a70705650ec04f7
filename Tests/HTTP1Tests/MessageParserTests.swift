import HTTP1
import NIOCore
import Testing

@Suite struct MessageParserTests {
  @Test func `requests follow one another on a connection`() {
    let text =
      "GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-Empty:\r\nX-Space: \t a b \t\r\n\r\n"
      + "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello"
      + "\r\nPUT /p HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n06\r\n world\r\n000\r\nX-T: 1\r\n\r\n"
      + "OPTIONS * HTTP/1.0\r\nConnection: foo, Keep-Alive\r\n\r\nBREW pot://x HTTP/1.9\r\nconnection: , CLOSE\r\n\r\n"
    #expect(
      Transcript.of(.requests, text).lines == [
        "GET /a?b=c http11 none keep Host=x|X-Empty=|X-Space=a b", "end",
        "POST / http11 length(5) keep host=x|content-length=5", "body hello", "end",
        "PUT /p http11 chunked keep Transfer-Encoding=Chunked", "body hello world", "end",
        "OPTIONS * http10 none keep Connection=foo, Keep-Alive", "end",
        "OTHER pot://x http11 none close connection=, CLOSE", "end", "between",
      ])
  }

  @Test func `responses end as their status and fields say`() {
    let text =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103\r\nlink: a\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
      + "HTTP/1.1 204 No Content\r\ncontent-length: 7\r\n\r\nHTTP/1.1 304 \r\ntransfer-encoding: chunked\r\n\r\n"
      + "HTTP/1.1 500 Caf\u{e9}\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
      + "HTTP/1.0 200 OK\r\n\r\nuntil the end"
    let expected = [
      "100 http11 none keep ", "103 http11 none keep link=a", "200 http11 length(2) keep content-length=2", "body ok",
      "end", "204 http11 none keep content-length=7", "end", "304 http11 none keep transfer-encoding=chunked", "end",
      "500 http11 chunked keep transfer-encoding=chunked", "body x", "end", "200 http10 untilClose close ",
    ]
    #expect(Transcript.of(.responses, text, ends: true).lines == expected + ["body until the end", "end", "between"])
    #expect(Transcript.of(.responses, text).lines == expected + ["part until the end"])
  }

  @Test func `the answer to HEAD has no body, whatever it announces`() {
    for field in ["content-length: 9", "transfer-encoding: chunked", "x: y"] {
      let transcript = Transcript.of(.responses, "HTTP/1.1 200 OK\r\n\(field)\r\n\r\n", answersHEAD: true)
      #expect(transcript.lines.count == 3 && transcript.lines.last == "between" && transcript.error == nil)
    }
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab", 40),
    ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab", 52),
    ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n", 57), ("HTTP/1.1 20", 11),
    // The place counts from the last message.
    ("HTTP/1.1 100 \r\n\r\nH", 1),
  ])
  func `a connection that ends inside a message is told apart from one that ends after it`(text: String, place: Int) {
    #expect(Transcript.of(.responses, text, ends: true).error == HTTPSyntaxError(.endedEarly, at: place))
  }

  @Test func `after a mistake nothing more comes`() {
    var parser = MessageParser(.requests)
    parser.feed(ByteBuffer(string: "GET / HTTP/1.1\r\na b: c\r\n\r\nGET / HTTP/1.1\r\n\r\n"))
    for _ in 0..<3 {
      #expect(throws: HTTPSyntaxError(.spaceBeforeColon, at: 17)) { try parser.next() }
      parser.feed(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
    }
    #expect(throws: HTTPSyntaxError.self) { try parser.finish() }
  }

  @Test func `a body is handed on without a copy and may be appended to`() throws {
    var parser = MessageParser(.requests)
    var input = ByteBuffer(string: "POST / HTTP/1.1\r\ncontent-length: 8\r\n\r\nabcd")
    parser.feed(input)
    guard case .head = try parser.next(), case .body(let first) = try parser.next() else {
      Issue.record("no body")
      return
    }
    #expect(
      first.readableBytesView.withUnsafeBytes { $0.baseAddress }
        == input.readableBytesView.suffix(4)
        .withUnsafeBytes { $0.baseAddress })
    input = ByteBuffer(string: "efghGET")
    parser.feed(input)
    guard case .body(let second) = try parser.next(), case .end = try parser.next() else {
      Issue.record("no end")
      return
    }
    #expect(String(buffer: second) == "efgh" && parser.hasInput)
    #expect(try parser.next() == nil)
  }

  @Test func `fields are found by name in any case`() throws {
    var parser = MessageParser(.responses)
    parser.feed(ByteBuffer(string: "HTTP/1.1 200 OK\r\nCONTENT-TYPE: a\r\ncontent-type: b\r\nx: y\r\n\r\n"))
    guard case .head(let head) = try parser.next() else {
      Issue.record("no head")
      return
    }
    #expect(head.value(of: "content-type").map(head.string) == "a")
    #expect(head.value(of: "x").map(head.string) == "y")
    #expect(head.value(of: "content-typ") == nil && head.value(of: "") == nil)
    #expect(head.status == 200 && head.target == "" && head.method == .other)
  }
}
