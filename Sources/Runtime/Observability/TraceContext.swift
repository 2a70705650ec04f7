/// Where a request stands in a distributed trace: the `traceparent` field of W3C Trace Context.
struct TraceContext: Hashable, Sendable {
  /// The 16 bytes that all spans of one trace share; never all zero.
  struct TraceID: Hashable, Sendable {
    let high: UInt64
    let low: UInt64
  }

  let trace: TraceID
  /// The span that is the parent of what happens next; never zero.
  let span: UInt64
  /// Whether the caller records the trace, and so whether the gateway should.
  let isSampled: Bool

  init(trace: TraceID, span: UInt64, isSampled: Bool) {
    self.trace = trace
    self.span = span
    self.isSampled = isSampled
  }

  /// Begins a trace.
  init(isSampled: Bool, random: inout LoopRandom) {
    self.init(
      trace: TraceID(high: random.next(), low: Self.identifier(&random)), span: Self.identifier(&random),
      isSampled: isSampled)
  }

  /// The same trace with a span of our own as the parent of what follows.
  func child(random: inout LoopRandom) -> TraceContext {
    TraceContext(trace: trace, span: Self.identifier(&random), isSampled: isSampled)
  }

  /// Reads a field value; `nil` for one that the specification tells receivers to ignore.
  ///
  /// Version 00 is exactly 55 bytes. Of a later version the known fields are read and the rest, behind another `-`, is
  /// passed over; version ff is invalid (W3C Trace Context, 3.2).
  init?(traceparent value: some Collection<UInt8>) {
    var cursor = HexadecimalCursor(value)
    guard let version = cursor.number(digits: 2), version != 0xFF, cursor.skipDash(),
      let high = cursor.number(digits: 16), let low = cursor.number(digits: 16), high != 0 || low != 0,
      cursor.skipDash(), let span = cursor.number(digits: 16), span != 0, cursor.skipDash(),
      let flags = cursor.number(digits: 2), cursor.isAtEnd || version != 0 && cursor.skipDash()
    else { return nil }
    self.init(trace: TraceID(high: high, low: low), span: span, isSampled: flags & 1 == 1)
  }

  /// The field value, version 00.
  var traceparent: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(55)
    bytes.append(contentsOf: "00-".utf8)
    appendTraceID(to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    Self.append(span, to: &bytes)
    bytes.append(contentsOf: isSampled ? "-01".utf8 : "-00".utf8)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The trace's 32 hexadecimal digits.
  var traceID: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    appendTraceID(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A span's 16 hexadecimal digits.
  static func text(of span: UInt64) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    append(span, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func appendTraceID(to bytes: inout [UInt8]) {
    Self.append(trace.high, to: &bytes)
    Self.append(trace.low, to: &bytes)
  }

  private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: 60, through: 0, by: -4) {
      let nibble = UInt8(truncatingIfNeeded: word >> UInt64(shift) & 15)
      bytes.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
    }
  }

  private static func identifier(_ random: inout LoopRandom) -> UInt64 {
    while true {
      let number = random.next()
      if number != 0 { return number }
    }
  }
}

/// Reads numbers of lower-case hexadecimal digits, the only ones that trace fields have.
private struct HexadecimalCursor<Bytes: Collection<UInt8>> {
  private let bytes: Bytes
  private var index: Bytes.Index

  init(_ bytes: Bytes) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  var isAtEnd: Bool { index == bytes.endIndex }

  mutating func number(digits: Int) -> UInt64? {
    var number: UInt64 = 0
    for _ in 0..<digits {
      guard !isAtEnd else { return nil }
      let digit: UInt8
      switch bytes[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = bytes[index] - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = bytes[index] - UInt8(ascii: "a") + 10
      default: return nil
      }
      number = number << 4 | UInt64(digit)
      index = bytes.index(after: index)
    }
    return number
  }

  mutating func skipDash() -> Bool {
    guard !isAtEnd, bytes[index] == UInt8(ascii: "-") else { return false }
    index = bytes.index(after: index)
    return true
  }
}
