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
    var time = LogTime()
    switch format {
    case .json:
      line.append(contentsOf: #"{"time":""#.utf8)
      time.append(to: &line)
      Self.appendJSON(event, fields, to: &line)
    case .text:
      time.append(to: &line)
      Self.appendText(event, fields, to: &line)
    }
    line.append(UInt8(ascii: "\n"))
    Self.write(line, to: STDERR_FILENO)
  }

  /// Writes whole lines in one call where the system takes them, so that lines of several threads do not mix. A lost line
  /// is no reason to stop serving.
  static func write(_ lines: [UInt8], to descriptor: Int32) {
    var rest = lines[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private static func appendJSON(
    _ event: LogEvent, _ fields: [(key: String, value: Logger.MetadataValue)], to line: inout [UInt8]
  ) {
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
    _ event: LogEvent, _ fields: [(key: String, value: Logger.MetadataValue)], to line: inout [UInt8]
  ) {
    line.append(contentsOf: " \(event.level.rawValue) \(event.message)".utf8)
    for (key, value) in fields { line.append(contentsOf: " \(key)=\(value)".utf8) }
    // A line break in a value must not begin a line of its own.
    for index in line.indices where line[index] < 0x20 { line[index] = UInt8(ascii: " ") }
  }
}
