import Glibc
public import Logging

/// Writes one line an event to standard error: as JSON for machines, or as text for people.
///
/// Keys are written in a fixed order: time, level, message, then the metadata by name.
public struct LineLogHandler: LogHandler {
  /// How a line looks.
  public enum Format: Sendable {
    case json, text
  }

  /// The level from which events are written.
  public var logLevel = Logger.Level.info
  /// What every line says besides its own metadata.
  public var metadata: Logger.Metadata = [:]
  private let format: Format

  /// Makes a handler.
  public init(_ format: Format) {
    self.format = format
  }

  /// One entry of ``metadata``.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes one line.
  public func log(event: LogEvent) {
    let fields = metadata.merging(event.metadata ?? [:]) { _, new in new }.sorted { $0.key < $1.key }
    var line: [UInt8] = []
    line.reserveCapacity(256)
    switch format {
    case .json: Self.appendJSON(Self.timestamp(), event, fields, to: &line)
    case .text: Self.appendText(Self.timestamp(), event, fields, to: &line)
    }
    line.append(UInt8(ascii: "\n"))
    // One write a line: lines of several threads do not mix, and a lost log line is no reason to stop serving.
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  private static func appendJSON(
    _ time: String, _ event: LogEvent, _ fields: [(key: String, value: Logger.MetadataValue)], to line: inout [UInt8]
  ) {
    line.append(contentsOf: #"{"time":""#.utf8)
    line.append(contentsOf: time.utf8)
    line.append(contentsOf: #"","level":""#.utf8)
    line.append(contentsOf: event.level.rawValue.utf8)
    line.append(contentsOf: #"","message":"#.utf8)
    JSONText.append(event.message.description, to: &line)
    for (key, value) in fields {
      line.append(UInt8(ascii: ","))
      JSONText.append(key, to: &line)
      line.append(UInt8(ascii: ":"))
      if case .stringConvertible(let number as Int) = value {
        line.append(contentsOf: String(number).utf8)
      } else if case .stringConvertible(let number as Int64) = value {
        line.append(contentsOf: String(number).utf8)
      } else {
        JSONText.append(value.description, to: &line)
      }
    }
    line.append(UInt8(ascii: "}"))
  }

  private static func appendText(
    _ time: String, _ event: LogEvent, _ fields: [(key: String, value: Logger.MetadataValue)], to line: inout [UInt8]
  ) {
    line.append(contentsOf: "\(time) \(event.level.rawValue) \(event.message)".utf8)
    for (key, value) in fields { line.append(contentsOf: " \(key)=\(value)".utf8) }
    // A line break in a value must not begin a line of its own.
    for index in line.indices where line[index] < 0x20 { line[index] = UInt8(ascii: " ") }
  }

  /// The time as RFC 3339 in UTC with milliseconds.
  private static func timestamp() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    var parts = tm()
    var seconds = now.tv_sec
    guard gmtime_r(&seconds, &parts) != nil else { return "" }
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    let date = "\(parts.tm_year + 1900)-\(padded(Int(parts.tm_mon) + 1, 2))-\(padded(Int(parts.tm_mday), 2))"
    let clock = "\(padded(Int(parts.tm_hour), 2)):\(padded(Int(parts.tm_min), 2)):\(padded(Int(parts.tm_sec), 2))"
    return "\(date)T\(clock).\(padded(now.tv_nsec / 1_000_000, 3))Z"
  }
}
