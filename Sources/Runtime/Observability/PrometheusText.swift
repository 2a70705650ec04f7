/// Writes metrics in Prometheus' text format, version 0.0.4.
struct PrometheusText {
  /// What a family of samples measures.
  enum Kind: String {
    case counter, gauge, histogram
  }

  typealias Labels = [(name: StaticString, value: String)]

  /// The content type of the format.
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private(set) var bytes: [UInt8] = []

  /// Announces the samples that follow.
  mutating func family(_ name: StaticString, _ kind: Kind, _ help: StaticString) {
    bytes.append(contentsOf: "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n".utf8)
  }

  /// A whole number.
  mutating func sample(_ name: StaticString, _ value: Int, _ labels: Labels = []) {
    append(name, labels, String(value))
  }

  /// A number of seconds.
  mutating func sample(_ name: StaticString, nanoseconds: Int64, _ labels: Labels = []) {
    append(name, labels, Self.seconds(nanoseconds))
  }

  /// A histogram of seconds: cumulated buckets, their sum and their count.
  mutating func histogram(_ name: StaticString, _ histogram: LatencyHistogram, _ labels: Labels = []) {
    var total = 0
    let bounds = histogram.buckets.bounds.map(Self.seconds) + ["+Inf"]
    for (bound, count) in zip(bounds, histogram.counts) {
      total += count
      append(name, suffix: "_bucket", labels + [("le", bound)], String(total))
    }
    append(name, suffix: "_sum", labels, Self.seconds(histogram.sum))
    append(name, suffix: "_count", labels, String(total))
  }

  private mutating func append(_ name: StaticString, suffix: String = "", _ labels: Labels, _ value: String) {
    bytes.append(contentsOf: "\(name)\(suffix)".utf8)
    for (index, label) in labels.enumerated() {
      bytes.append(contentsOf: "\(index == 0 ? "{" : ",")\(label.name)=\"".utf8)
      appendEscaped(label.value)
      bytes.append(UInt8(ascii: "\""))
    }
    if !labels.isEmpty { bytes.append(UInt8(ascii: "}")) }
    bytes.append(contentsOf: " \(value)\n".utf8)
  }

  private mutating func appendEscaped(_ value: String) {
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "\""):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
      default: bytes.append(byte)
      }
    }
  }

  /// Seconds as a decimal number, without a float's rounding.
  private static func seconds(_ nanoseconds: Int64) -> String {
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard rest != 0 else { return String(whole) }
    var digits = String(rest)
    digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
