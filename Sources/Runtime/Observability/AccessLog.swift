import Glibc
import HTTP1
import Logging
import NIOCore

/// Where the gateway says what became of each request.
public enum AccessLog: Sendable {
  /// One event at `info` of the gateway's logger a request.
  case logger
  /// One line a request in the form of ``LineLogHandler``, to a file descriptor.
  ///
  /// JSON lines are gathered and written several times a second, because a system call a request would be a good part of
  /// what a request costs; text is for eyes and is written at once.
  case lines(LineLogHandler.Format, descriptor: Int32)
}

/// One event loop's way to the access log.
struct AccessLogWriter {
  /// So many bytes are not kept longer than a moment.
  private static let maximumPending = 32 << 10

  private let log: AccessLog
  private let logger: Logger
  private var pending: [UInt8] = []
  private var time = LogTime()

  init(_ log: AccessLog, logger: Logger) {
    self.log = log
    self.logger = logger
  }

  /// Says what became of a request.
  mutating func write(_ record: AccessRecord, now: NIODeadline) {
    switch log {
    case .logger: logger.info("request", metadata: record.metadata(now: now))
    case .lines(.json, _):
      pending.append(#"{"time":""#)
      time.append(to: &pending)
      pending.append(#"","level":"info","message":"request""#)
      record.appendMembers(to: &pending, now: now)
      pending.append("}\n")
      if pending.count > Self.maximumPending { flush() }
    case .lines(.text, _):
      time.append(to: &pending)
      pending.append(" info request")
      record.appendWords(to: &pending, now: now)
      pending.append(UInt8(ascii: "\n"))
      flush()
    }
  }

  /// Writes what was gathered.
  mutating func flush() {
    guard case .lines(_, let descriptor) = log, !pending.isEmpty else { return }
    LineLogHandler.write(pending, to: descriptor)
    pending.removeAll(keepingCapacity: true)
  }
}
