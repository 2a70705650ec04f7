/// Why bytes are not the message that they should be, and where.
public struct HTTPSyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong. The raw value says it in a sentence without a full stop.
  public enum Reason: String, Sendable, CaseIterable {
    // The head.
    case startLine = "the first line is not one of HTTP/1.1"
    case version = "the version is not HTTP/1.1 or HTTP/1.0"
    case status = "the status is not a number from 100 to 599"
    case fieldName = "a field name is empty or has a character that may not be there"
    case spaceBeforeColon = "there is white space between a field name and its colon"
    case fieldValue = "a field value has a control character"
    case foldedField = "a field goes on in a second line"
    case lineFeed = "a line ends without a carriage return"
    case headTooLarge = "the head is too large"
    case tooManyFields = "there are too many fields"
    // How long the body is.
    case contentLength = "the content length is not a number"
    case repeatedContentLength = "there is more than one content length"
    case lengthAndCoding = "there is a content length and a transfer coding"
    case transferCoding = "the transfer coding is not exactly `chunked`"
    case codingInHTTP10 = "HTTP/1.0 has no transfer codings"
    // A chunked body.
    case chunkSize = "a chunk size is not a hexadecimal number"
    case chunkTooLarge = "a chunk size is too large"
    case chunkExtension = "a chunk extension has a control character"
    case chunkLineTooLarge = "the extensions of the chunks are too large"
    case chunkEnd = "a chunk is longer than its size says"
    case trailersTooLarge = "the trailer fields are too large"
    // The connection.
    case endedEarly = "the connection ended before the message"
    case upgrade = "the connection changes to a protocol that nobody asked for"
  }

  /// What is wrong.
  public let reason: Reason
  /// Where, in bytes from the start of the message.
  public let offset: Int

  /// Names a mistake and its place.
  public init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// Whether a limit was passed: the message may be well-formed.
  public var isLimit: Bool { reason == .headTooLarge || reason == .tooManyFields || reason == .trailersTooLarge }

  /// Reason and place.
  public var description: String { "\(reason.rawValue) (at byte \(offset))" }
}
