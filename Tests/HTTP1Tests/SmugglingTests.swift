import HTTP1
import NIOCore
import Testing

/// Messages in which two parsers may find different ends, or one a field that another does not see. Each must be refused
/// with a reason, or read in the one way that leaves nothing to guess.
///
/// Sources: RFC 9112, 11.2; Kettle, "HTTP Desync Attacks" (2019) and "HTTP/1.1 must die" (2025); Linhart et al.,
/// "HTTP Request Smuggling" (2005).
@Suite struct SmugglingTests {
  private static func post(_ fields: String, _ body: String = "0\r\n\r\n") -> String {
    "POST / HTTP/1.1\r\nhost: x\r\n\(fields)\r\n\r\n\(body)"
  }

  @Test(
    arguments: [
      // CL.TE and TE.CL: both at once, in either order and writing.
      ("content-length: 6\r\ntransfer-encoding: chunked", .lengthAndCoding),
      ("transfer-encoding: chunked\r\ncontent-length: 4", .lengthAndCoding),
      ("Transfer-Encoding: Chunked\r\nCONTENT-LENGTH: 0", .lengthAndCoding),
      // CL.CL: two lengths, different, equal, or as a list.
      ("content-length: 5\r\ncontent-length: 6", .repeatedContentLength),
      ("content-length: 5\r\ncontent-length: 5", .repeatedContentLength),
      ("content-length: 0\r\nContent-Length: 5", .repeatedContentLength),
      ("content-length: 5, 6", .contentLength), ("content-length: 5, 5", .contentLength),
      ("content-length: 5,", .contentLength),
      // Numbers that parsers read differently.
      ("content-length: +5", .contentLength), ("content-length: -5", .contentLength),
      ("content-length: 0x5", .contentLength), ("content-length: 5 5", .contentLength),
      ("content-length: 5.0", .contentLength), ("content-length: 5e0", .contentLength),
      ("content-length:", .contentLength),
      ("content-length: \u{ff15}", .contentLength), ("content-length: 1_0", .contentLength),
      ("content-length: 99999999999999999999", .contentLength),
      ("content-length: 18446744073709551621", .contentLength),
      // TE.TE: codings that one parser takes for `chunked` and another does not.
      ("transfer-encoding: xchunked", .transferCoding), ("transfer-encoding: chunkedx", .transferCoding),
      ("transfer-encoding: chunked, chunked", .transferCoding), ("transfer-encoding: gzip, chunked", .transferCoding),
      ("transfer-encoding: chunked, identity", .transferCoding), ("transfer-encoding: identity", .transferCoding),
      ("transfer-encoding: \"chunked\"", .transferCoding), ("transfer-encoding: chunked;q=1", .transferCoding),
      ("transfer-encoding:", .transferCoding), ("transfer-encoding: chunked,", .transferCoding),
      ("transfer-encoding: chunked\r\ntransfer-encoding: chunked", .transferCoding),
      ("transfer-encoding: chunked\r\ntransfer-encoding: x", .transferCoding),
      ("transfer-encoding: x\r\ntransfer-encoding: chunked", .transferCoding),
      ("transfer-encoding: \u{0b}chunked", .fieldValue), ("transfer-encoding: chunked\u{0c}", .fieldValue),
      ("transfer-encoding: chun\0ked", .fieldValue), ("transfer-encoding: chunked\u{7f}", .fieldValue),
      // Names that one parser sees and another does not.
      ("transfer-encoding : chunked", .spaceBeforeColon), ("content-length\t: 5", .spaceBeforeColon),
      (" transfer-encoding: chunked", .foldedField), ("x: y\r\n transfer-encoding: chunked", .foldedField),
      ("x: y\r\n\ttransfer-encoding: chunked", .foldedField), ("transfer-encoding:\r\n chunked", .transferCoding),
      ("x: y\r\n : z", .foldedField), (": y", .fieldName), ("transfer-encoding", .fieldName),
      ("transfer\u{0}-encoding: chunked", .fieldName), ("transfer encoding: chunked", .spaceBeforeColon),
      ("\u{0b}transfer-encoding: chunked", .fieldName), ("content-length\u{0}: 5", .fieldName),
      ("t\u{e9}: x", .fieldName), ("(transfer-encoding): chunked", .fieldName),
      // Line ends that one parser sees and another does not.
      ("x: y\ntransfer-encoding: chunked", .lineFeed), ("x: y\rtransfer-encoding: chunked", .fieldValue),
      ("x: y\r\n\ntransfer-encoding: chunked", .lineFeed), ("x: y\r\r\n", .fieldValue),
      ("\rtransfer-encoding: chunked", .fieldName), ("x: y\n\ncontent-length: 5", .lineFeed),
    ] as [(String, HTTPSyntaxError.Reason)])
  func `a head that leaves a choice is refused on both sides`(fields: String, reason: HTTPSyntaxError.Reason) {
    let request = Transcript.of(.requests, Self.post(fields))
    #expect(request.error?.reason == reason && request.lines.isEmpty, "\(request)")
    let response = Transcript.of(.responses, "HTTP/1.1 200 OK\r\n\(fields)\r\n\r\n0\r\n\r\n")
    #expect(response.error?.reason == reason && response.lines.isEmpty, "\(response)")
  }

  @Test(
    arguments: [
      ("POST / HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", .codingInHTTP10),
      ("POST /\r\n\r\n", .startLine), ("POST  / HTTP/1.1\r\n\r\n", .startLine), ("POST / HTTP/1.1 \r\n\r\n", .version),
      ("POST /  HTTP/1.1\r\n\r\n", .version), ("POST /a b HTTP/1.1\r\n\r\n", .version),
      (" POST / HTTP/1.1\r\n\r\n", .startLine),
      ("POST / HTTP/1.1\n\r\n", .lineFeed), ("POST / http/1.1\r\n\r\n", .version),
      ("POST / HTTP/2.0\r\n\r\n", .version),
      ("POST / HTTP/1.10\r\n\r\n", .version), ("POST / HTTP/1\r\n\r\n", .version),
      ("POST / HTTP/1.x\r\n\r\n", .version),
      ("POST /\t HTTP/1.1\r\n\r\n", .startLine), ("PO(ST / HTTP/1.1\r\n\r\n", .startLine),
      ("POST\0 / HTTP/1.1\r\n\r\n", .startLine), ("POST /\0 HTTP/1.1\r\n\r\n", .startLine),
      ("POST /\u{e9} HTTP/1.1\r\n\r\n", .startLine), ("POST /\rGET / HTTP/1.1\r\n\r\n", .startLine),
      ("POST\t/ HTTP/1.1\r\n\r\n", .startLine), ("\u{16}\u{3}\u{1}", .startLine), ("\n\nGET", .startLine),
      ("\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n", .startLine), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .version),
    ] as [(String, HTTPSyntaxError.Reason)])
  func `a request line is read in one way only`(text: String, reason: HTTPSyntaxError.Reason) {
    let transcript = Transcript.of(.requests, text)
    #expect(transcript.error?.reason == reason && transcript.lines.isEmpty, "\(transcript)")
  }

  @Test(
    arguments: [
      ("HTTP/1.1 99 X\r\n\r\n", .status), ("HTTP/1.1 600 X\r\n\r\n", .status), ("HTTP/1.1 20 OK\r\n\r\n", .status),
      ("HTTP/1.1 2000 OK\r\n\r\n", .startLine), ("HTTP/1.1  200 OK\r\n\r\n", .status), ("HTTP/1.1\r\n\r\n", .startLine),
      ("HTTP/1.1 200 O\0K\r\n\r\n", .startLine), ("HTTP/1.1 200 O\rK\r\n\r\n", .startLine),
      ("ICY 200 OK\r\n\r\n", .startLine),
      ("HTTP/2 200\r\n\r\n", .version), ("HTTP/1.1 101 Switching\r\n\r\n", .upgrade),
      ("\r\nHTTP/1.1 200 OK\r\n\r\n", .startLine),
      ("HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", .codingInHTTP10), ("<html>", .startLine),
    ] as [(String, HTTPSyntaxError.Reason)])
  func `a status line is read in one way only`(text: String, reason: HTTPSyntaxError.Reason) {
    let transcript = Transcript.of(.responses, text)
    #expect(transcript.error?.reason == reason && transcript.lines.isEmpty, "\(transcript)")
  }

  @Test(
    arguments: [
      ("", .chunkSize), ("x", .chunkSize), ("-1", .chunkSize), ("+1", .chunkSize), ("0x1", .chunkSize),
      (" 1", .chunkSize),
      ("1 ", .chunkSize), ("1\t", .chunkSize), ("1 2", .chunkSize), ("1,", .chunkSize), ("1g", .chunkSize),
      (";a", .chunkSize),
      ("ffffffffffffffff", .chunkTooLarge), ("10000000000000001", .chunkTooLarge), ("0000000000000001", .chunkTooLarge),
      ("1;a=\0", .chunkExtension), ("1;a\rb", .chunkExtension), ("1;\u{7f}", .chunkExtension),
      ("1;" + String(repeating: "a", count: 5000), .chunkLineTooLarge),
    ] as [(String, HTTPSyntaxError.Reason)])
  func `a chunk size is read in one way only`(size: String, reason: HTTPSyntaxError.Reason) {
    for kind in [MessageParser.Kind.requests, .responses] {
      let start = kind == .requests ? "POST / HTTP/1.1" : "HTTP/1.1 200 OK"
      let transcript = Transcript.of(
        kind, "\(start)\r\ntransfer-encoding: chunked\r\n\r\n\(size)\r\nx\r\n0\r\n\r\n")
      #expect(transcript.error?.reason == reason && transcript.lines.count == 1, "\(transcript)")
    }
  }

  @Test(
    arguments: [
      // A line feed alone may end a line for one parser and not for another (TERM.EXT and EXT.TERM).
      ("1\nx\r\n0\r\n\r\n", .lineFeed), ("1;a\nx\r\n0\r\n\r\n", .lineFeed), ("1\r\nx\n0\r\n\r\n", .chunkEnd),
      ("1\r\nx\r0\r\n\r\n", .chunkEnd), ("1\r\nxy\r\n0\r\n\r\n", .chunkEnd), ("1\r\nx\r\n0\n\n", .lineFeed),
      ("1\r\nx0\r\n\r\n", .chunkEnd), ("0\r\nbad trailer: x\r\n\r\n", .spaceBeforeColon),
      ("0\r\n x: y\r\n\r\n", .foldedField),
      ("0\r\nx: \0\r\n\r\n", .fieldValue), ("0\r\nx: y\n\r\n", .lineFeed),
      ("0\r\nGET / HTTP/1.1\r\n\r\n", .spaceBeforeColon),
    ] as [(String, HTTPSyntaxError.Reason)])
  func `a chunk ends in one way only`(body: String, reason: HTTPSyntaxError.Reason) {
    let transcript = Transcript.of(.requests, Self.post("transfer-encoding: chunked", body))
    #expect(transcript.error?.reason == reason, "\(transcript)")
  }

  @Test func `trailer fields cannot change the message that they end`() {
    let body =
      "1 ; a\r\nx\r\n0\r\ncontent-length: 50\r\ntransfer-encoding: x\r\nhost: evil\r\n\r\nGET / HTTP/1.1\r\n\r\n"
    let lines = Transcript.of(.requests, Self.post("transfer-encoding: chunked", body)).lines
    #expect(lines.dropFirst() == ["body x", "end", "GET / http11 none keep ", "end", "between"])
  }

  @Test func `extensions and trailers cannot go on for ever`() {
    let extensions = String(repeating: "1;\(String(repeating: "e", count: 50))\r\nx\r\n", count: 100)
    #expect(
      Transcript.of(.requests, Self.post("transfer-encoding: chunked", extensions)).error?.reason == .chunkLineTooLarge)
    let trailers = "0\r\n" + String(repeating: "x: y\r\n", count: 20_000)
    #expect(
      Transcript.of(.requests, Self.post("transfer-encoding: chunked", trailers)).error?.reason == .trailersTooLarge)
    let endless = "0\r\n" + String(repeating: "x", count: 70_000)
    #expect(
      Transcript.of(.requests, Self.post("transfer-encoding: chunked", endless)).error?.reason == .trailersTooLarge)
  }

  @Test func `a head has a size and a number of fields`() {
    let limits = MessageParser.Limits(headBytes: 100, fieldCount: 3)
    func reason(_ text: String) -> HTTPSyntaxError.Reason? {
      Transcript.of(.requests, [Array(text.utf8)], limits: limits).error?.reason
    }
    let start = "GET / HTTP/1.1\r\n"
    func padded(_ count: Int) -> String {
      start + "x: " + String(repeating: "y", count: count - start.utf8.count - 7) + "\r\n\r\n"
    }
    #expect(padded(100).utf8.count == 100 && reason(padded(100)) == nil)
    #expect(reason(padded(101)) == .headTooLarge)
    #expect(reason(String(repeating: "x", count: 100)) == .headTooLarge)
    #expect(reason(String(repeating: "x", count: 99)) == nil)
    #expect(reason(start + "a:\r\nb:\r\nc:\r\n\r\n") == nil)
    #expect(reason(start + "a:\r\nb:\r\nc:\r\nd:\r\n\r\n") == .tooManyFields)
    #expect(HTTPSyntaxError(.headTooLarge, at: 0).isLimit && !HTTPSyntaxError(.startLine, at: 0).isLimit)
  }
}
