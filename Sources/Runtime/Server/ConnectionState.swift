import NIOCore

/// What a client connection is doing and until when it may: no sockets and no clock, so that tests drive it by calls.
struct ConnectionState {
  enum Phase: Equatable {
    /// Between requests, or inside a request head.
    case idle
    /// The head is in, the body is coming.
    case receiving
    /// The answer is being made or sent.
    case responding
    /// The answer is sent and the connection is to close; what the client still sends is read and thrown away, because
    /// closing with unread bytes would reset the connection and could destroy the answer on its way.
    case lingering
  }

  /// What has to happen once the deadline has passed.
  enum Expiry: Equatable { case nothing, close, answerRequestTimeout, upstreamTimeout }

  /// What has to happen after an answer.
  enum AfterResponse: Equatable { case nextRequest, close, linger }

  struct Times: Equatable {
    var idle: TimeAmount
    /// From the first byte of a head to its last.
    var head: TimeAmount
    var request: TimeAmount
    var streamIdle: TimeAmount
    /// How long thrown-away bytes are read for.
    var linger = TimeAmount.seconds(2)
  }

  private(set) var phase = Phase.idle
  private(set) var deadline: NIODeadline
  /// Whether all of the current request has arrived.
  private(set) var requestIsComplete = true
  /// Whether the connection ends with the current answer.
  private(set) var closes = false
  private let times: Times
  private var bodyLimit = NIODeadline.distantFuture
  /// When the answer must be complete, unless it is a stream.
  private var answerLimit = NIODeadline.distantFuture
  private var isStreaming = false
  private var headHasBegun = false
  /// Since when the client has not been reading.
  private var stalledSince: NIODeadline?

  init(times: Times, now: NIODeadline) {
    self.times = times
    deadline = now + times.idle
  }

  /// Some bytes of a head have come. More of them do not buy more time.
  mutating func headBegan(now: NIODeadline) {
    guard phase == .idle, !headHasBegun else { return }
    headHasBegun = true
    deadline = min(deadline, now + times.head)
  }

  mutating func headReceived(keepAlive: Bool, now: NIODeadline) {
    phase = .receiving
    headHasBegun = false
    requestIsComplete = false
    closes = !keepAlive
    bodyLimit = now + times.request
    deadline = min(now + times.idle, bodyLimit)
  }

  mutating func bodyReceived(now: NIODeadline) {
    if phase == .receiving { deadline = min(now + times.idle, bodyLimit) }
  }

  mutating func requestEnded(now: NIODeadline) {
    requestIsComplete = true
    if phase == .receiving { beginResponding(now: now) }
  }

  /// Answers now, even though the request may not be complete; then the connection cannot be used again.
  mutating func beginResponding(now: NIODeadline) {
    phase = .responding
    if !requestIsComplete { closes = true }
    isStreaming = false
    answerLimit = now + times.request
    deadline = answerLimit
  }

  /// The connection has to end with this answer.
  mutating func closeAfterResponse() {
    closes = true
  }

  /// More of an event stream has come: from its head on, only silence ends it. Any other answer has until its limit to be
  /// complete, however it drips.
  mutating func streamProgressed(now: NIODeadline) {
    guard phase == .responding else { return }
    isStreaming = true
    if stalledSince == nil { deadline = now + times.streamIdle }
  }

  /// The client reads, or has stopped reading: then the time is its own and not the provider's.
  mutating func writabilityChanged(_ isWritable: Bool, now: NIODeadline) {
    guard phase == .responding else { return }
    if isWritable {
      if let since = stalledSince { answerLimit = answerLimit + (now - since) }
      stalledSince = nil
      deadline = isStreaming ? now + times.streamIdle : answerLimit
    } else {
      stalledSince = now
      deadline = now + times.idle
    }
  }

  mutating func responseEnded(hasUnreadInput: Bool, now: NIODeadline) -> AfterResponse {
    // A client that has stopped reading has the same time for the rest as it had before.
    let isStalled = stalledSince != nil
    stalledSince = nil
    guard closes else {
      phase = .idle
      deadline = now + times.idle
      return .nextRequest
    }
    phase = .lingering
    deadline = now + (isStalled ? times.idle : times.linger)
    return requestIsComplete && !hasUnreadInput ? .close : .linger
  }

  /// The gateway shuts down. Whether the connection can close right now.
  mutating func drain() -> Bool {
    if phase == .idle { return true }
    closes = true
    return false
  }

  func expiry(now: NIODeadline) -> Expiry {
    guard now >= deadline else { return .nothing }
    switch phase {
    case .idle, .lingering: return .close
    case .receiving: return .answerRequestTimeout
    case .responding: return stalledSince == nil ? .upstreamTimeout : .close
    }
  }
}
