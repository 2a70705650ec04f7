public import NIOCore

/// Cuts the bytes of one direction of a connection into messages (RFC 9112): requests or responses, one after the other.
///
/// The same parser reads both sides, so that no two parts of the gateway can disagree where a message ends. It takes
/// bytes in pieces of any size and keeps what it cannot yet use; the bytes of a body are handed on without a copy. After a
/// mistake nothing more comes: where the next message would begin is then anybody's guess.
public struct MessageParser {
  /// What one side of a connection sends.
  public enum Kind: Sendable { case requests, responses }

  /// What comes out.
  public enum Event: Sendable {
    /// A head is complete. Between an interim response and the final one there is no ``end``.
    case head(MessageHead)
    /// The next part of the body; never empty.
    case body(ByteBuffer)
    /// The message is complete. Trailer fields have been checked and left out.
    case end
  }

  /// How large the parts of a message may be.
  public struct Limits: Sendable {
    /// First line and fields together, in bytes; trailer fields count for themselves.
    public var headBytes: Int
    /// How many fields a head may have.
    public var fieldCount: Int
    /// All the lines before the chunks of one body together may have so many bytes beside their sizes.
    var chunkExtensionBytes: Int { 4096 }
    /// Empty lines before a request, which RFC 9112, 2.2 asks to overlook: two bytes each.
    var leadingBytes: Int { 8 }

    /// Sets limits.
    public init(headBytes: Int = 64 << 10, fieldCount: Int = 128) {
      self.headBytes = headBytes
      self.fieldCount = fieldCount
    }
  }

  private enum State {
    case head
    case length(Int)
    case untilClose
    case chunkSize
    case chunk(Int)
    case chunkEnd
    case trailers
    case end
    case failed(HTTPSyntaxError)
  }

  /// Whether the next response answers a `HEAD`, and so has no body.
  public var answersHEAD = false

  private let kind: Kind
  private let limits: Limits
  private var state = State.head
  private var input = ByteBuffer()
  /// How much of ``input`` has been searched for the end of a head or a line.
  private var searched = 0
  /// The bytes of the current message that are no longer in ``input``.
  private var consumed = 0
  private var extensionBytes = 0
  private var trailerBytes = 0

  /// A parser at the start of a connection.
  public init(_ kind: Kind, limits: Limits = Limits()) {
    self.kind = kind
    self.limits = limits
  }

  /// Whether there are bytes that no event has told of.
  public var hasInput: Bool { input.readableBytes > 0 }

  /// Whether the last message is complete and nothing of another one has come.
  public var isBetweenMessages: Bool {
    if case .head = state { input.readableBytes == 0 } else { false }
  }

  /// Takes the next bytes.
  public mutating func feed(_ bytes: ByteBuffer) {
    if input.readableBytes == 0 {
      input = bytes
    } else {
      input.writeImmutableBuffer(bytes)
    }
  }

  /// What comes next; `nil` if that takes more bytes.
  public mutating func next() throws(HTTPSyntaxError) -> Event? {
    do {
      let event = try advance()
      // What is read to its end need not be kept.
      if event == nil, input.readableBytes == 0 { input = ByteBuffer() }
      return event
    } catch {
      state = .failed(error)
      input = ByteBuffer()
      throw error
    }
  }

  /// The connection has ended: the end of a body that lasts until then, or nothing.
  ///
  /// - Throws: if the end cuts a message off.
  public mutating func finish() throws(HTTPSyntaxError) -> Event? {
    switch state {
    case .head where input.readableBytes == 0: return nil
    case .untilClose, .end:
      state = .head
      return .end
    case .failed(let error): throw error
    default:
      let error = HTTPSyntaxError(.endedEarly, at: consumed + input.readableBytes)
      state = .failed(error)
      throw error
    }
  }

  private mutating func advance() throws(HTTPSyntaxError) -> Event? {
    while true {
      switch state {
      case .head: return try head()
      case .length(let remaining):
        guard let piece = take(remaining) else { return nil }
        let rest = remaining - piece.readableBytes
        state = rest == 0 ? .end : .length(rest)
        return .body(piece)
      case .untilClose: return take(.max).map { .body($0) }
      case .chunkSize:
        guard let line = try line(limit: limits.chunkExtensionBytes, or: .chunkLineTooLarge) else { return nil }
        state = try chunk(line)
      case .chunk(let remaining):
        guard let piece = take(remaining) else { return nil }
        let rest = remaining - piece.readableBytes
        state = rest == 0 ? .chunkEnd : .chunk(rest)
        return .body(piece)
      case .chunkEnd:
        guard try skipLineEnd() else { return nil }
        state = .chunkSize
      case .trailers:
        guard let line = try line(limit: limits.headBytes, or: .trailersTooLarge) else { return nil }
        if try isLastTrailer(line) { state = .end }
      case .end:
        state = .head
        consumed = 0
        return .end
      case .failed(let error): throw error
      }
    }
  }

  // MARK: Heads

  private mutating func head() throws(HTTPSyntaxError) -> Event? {
    if searched == 0, try !headBegins() { return nil }
    guard let length = try headLength(), let bytes = input.readSlice(length: length) else { return nil }
    searched = 0
    let head: MessageHead
    switch kind {
    case .requests: head = try HeadParser.request(bytes, limits)
    case .responses: head = try HeadParser.response(bytes, limits, answersHEAD: answersHEAD)
    }
    if head.isInterim {
      consumed = 0
      return .head(head)
    }
    consumed = length
    extensionBytes = 0
    trailerBytes = 0
    state =
      switch head.framing {
      case .none, .length(0): .end
      case .length(let length): .length(length)
      case .chunked: .chunkSize
      case .untilClose: .untilClose
      }
    return .head(head)
  }

  /// Whether the first byte of a head is there. Empty lines before a request are overlooked, within reason; a byte that
  /// no head begins with is refused at once, so that another protocol does not wait for a timeout.
  private mutating func headBegins() throws(HTTPSyntaxError) -> Bool {
    if kind == .requests {
      while input.readableBytesUInt8Span.hasLineEnd(at: 0) {
        input.moveReaderIndex(forwardBy: 2)
        consumed += 2
        if consumed > limits.leadingBytes { throw HTTPSyntaxError(.startLine, at: 0) }
      }
    }
    let bytes = input.readableBytesUInt8Span
    guard bytes.count > 0 else { return false }
    switch kind {
    case .requests where ByteClass.isToken(bytes[0]): return true
    case .responses where bytes[0] == UInt8(ascii: "H"): return true
    // Half an empty line.
    case .requests where bytes[0] == ByteClass.carriageReturn && bytes.count == 1: return false
    default: throw HTTPSyntaxError(.startLine, at: 0)
    }
  }

  /// The length of the head, its empty line included; `nil` if its end has not come.
  private mutating func headLength() throws(HTTPSyntaxError) -> Int? {
    let end = min(input.readableBytes, limits.headBytes)
    if let length = try Self.headLength(input.readableBytesUInt8Span, from: searched, to: end) { return length }
    searched = end
    if end == limits.headBytes { throw HTTPSyntaxError(.headTooLarge, at: end) }
    return nil
  }

  private static func headLength(
    _ bytes: Span<UInt8>, from start: Int, to end: Int
  ) throws(HTTPSyntaxError) -> Int? {
    var index = start
    while index < end {
      if bytes[index] == ByteClass.lineFeed {
        guard index > 0, bytes[index - 1] == ByteClass.carriageReturn else {
          throw HTTPSyntaxError(.lineFeed, at: index)
        }
        if index >= 3, bytes[index - 2] == ByteClass.lineFeed { return index + 1 }
      }
      index += 1
    }
    return nil
  }

  // MARK: Bodies

  /// Up to so many bytes, if there are any.
  private mutating func take(_ limit: Int) -> ByteBuffer? {
    let count = min(limit, input.readableBytes)
    guard count > 0 else { return nil }
    consumed &+= count
    guard count == input.readableBytes else { return input.readSlice(length: count) }
    // Given away whole, so that its new owner may append to it without a copy.
    defer { input = ByteBuffer() }
    return input
  }

  /// The next line with its CRLF; `nil` if its end has not come.
  private mutating func line(
    limit: Int, or reason: HTTPSyntaxError.Reason
  ) throws(HTTPSyntaxError) -> ByteBuffer? {
    let end = min(input.readableBytes, limit)
    guard let index = Self.lineFeed(input.readableBytesUInt8Span, from: searched, to: end) else {
      searched = end
      if end == limit { throw HTTPSyntaxError(reason, at: consumed + end) }
      return nil
    }
    guard input.readableBytesUInt8Span.hasLineEnd(at: index - 1) else {
      throw HTTPSyntaxError(.lineFeed, at: consumed + index)
    }
    searched = 0
    consumed += index + 1
    return input.readSlice(length: index + 1)
  }

  private static func lineFeed(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
    var index = start
    while index < end, bytes[index] != ByteClass.lineFeed { index += 1 }
    return index < end ? index : nil
  }

  /// `chunk-size [ chunk-ext ] CRLF` (RFC 9112, 7.1). Extensions are checked and left out.
  private mutating func chunk(_ line: ByteBuffer) throws(HTTPSyntaxError) -> State {
    let bytes = line.readableBytesUInt8Span
    let start = consumed - bytes.count
    let end = bytes.count - 2
    var index = 0
    var size = 0
    while index < end, let digit = ByteClass.hexDigit(bytes[index]) {
      if index == 15 { throw HTTPSyntaxError(.chunkTooLarge, at: start) }
      size = size << 4 | digit
      index += 1
    }
    guard index > 0 else { throw HTTPSyntaxError(.chunkSize, at: start) }
    extensionBytes += end - index
    if extensionBytes > limits.chunkExtensionBytes { throw HTTPSyntaxError(.chunkLineTooLarge, at: start + index) }
    if index < end {
      while index < end, ByteClass.isSpace(bytes[index]) { index += 1 }
      guard bytes[index] == UInt8(ascii: ";") else { throw HTTPSyntaxError(.chunkSize, at: start + index) }
      while index < end {
        guard ByteClass.isValue(bytes[index]) else { throw HTTPSyntaxError(.chunkExtension, at: start + index) }
        index += 1
      }
    }
    return size == 0 ? .trailers : .chunk(size)
  }

  /// Whether the two bytes after a chunk have come; they can only be CRLF.
  private mutating func skipLineEnd() throws(HTTPSyntaxError) -> Bool {
    guard input.readableBytes >= 2 else {
      if input.readableBytes == 1, input.readableBytesUInt8Span[0] != ByteClass.carriageReturn {
        throw HTTPSyntaxError(.chunkEnd, at: consumed)
      }
      return false
    }
    guard input.readableBytesUInt8Span.hasLineEnd(at: 0) else { throw HTTPSyntaxError(.chunkEnd, at: consumed) }
    input.moveReaderIndex(forwardBy: 2)
    consumed += 2
    return true
  }

  /// Checks a line of the trailer section. Whether it was the empty one at the end.
  private mutating func isLastTrailer(_ line: ByteBuffer) throws(HTTPSyntaxError) -> Bool {
    if line.readableBytes == 2 { return true }
    let start = consumed - line.readableBytes
    trailerBytes += line.readableBytes
    if trailerBytes > limits.headBytes { throw HTTPSyntaxError(.trailersTooLarge, at: start) }
    var index = 0
    do {
      _ = try FieldLine.parse(line.readableBytesUInt8Span, &index)
    } catch {
      throw HTTPSyntaxError(error.reason, at: start + error.offset)
    }
    return false
  }
}

extension Span<UInt8> {
  fileprivate func hasLineEnd(at index: Int) -> Bool {
    index >= 0 && index + 1 < count && self[index] == ByteClass.carriageReturn
      && self[index + 1] == ByteClass.lineFeed
  }
}
