/// An amount of a Kubernetes resource, such as `200m`, `1Gi` or `1.5`: the `resource.Quantity` of Kubernetes
/// (https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource), read, rounded, capped and printed as that does.
///
/// Two quantities are equal when their amounts are, however they are written. Unlike Kubernetes it refuses a sign or a
/// point without digits, and amounts of 10^27 and more.
public struct Quantity: SpecScalar, Comparable {
  /// How a quantity is written, which is how it is printed too.
  public enum Format: Hashable, Sendable {
    /// Suffixes that stand for powers of 1000: `n`, `u`, `m`, none, `k`, `M`, `G`, `T`, `P`, `E`.
    case decimalSI
    /// Suffixes that stand for powers of 1024: `Ki`, `Mi`, `Gi`, `Ti`, `Pi`, `Ei`.
    case binarySI
    /// An exponent of ten: `1e3`.
    case decimalExponent
  }

  /// The amount in billionths, the finest that Kubernetes knows.
  public let nanos: Int128
  /// How it was written.
  public let format: Format
  /// The text as it was written; the canonical one for a result of arithmetic.
  public let text: String

  /// A quantity that was read.
  init(nanos: Int128, format: Format, text: String) {
    self.nanos = nanos
    self.format = format
    self.text = text
  }

  /// A quantity that was computed.
  private init(nanos: Int128, format: Format) {
    self.init(nanos: nanos, format: format, text: Self.canonicalText(nanos, format))
  }

  /// A whole number of units, such as cores or bytes.
  public init(_ units: Int64, format: Format = .decimalSI) {
    self.init(nanos: Int128(units) * Self.nanosPerUnit, format: format)
  }

  /// A number of thousandths, such as millicores.
  public init(milli: Int64) {
    self.init(nanos: Int128(milli) * (Self.nanosPerUnit / 1000), format: .decimalSI)
  }

  static let nanosPerUnit: Int128 = 1_000_000_000

  /// The amount in thousandths, rounded away from zero as the API server does, at most what 64 bits hold.
  public var milliValue: Int64 { roundedAway(nanosPerPart: Self.nanosPerUnit / 1000) }
  /// The amount in whole units, rounded away from zero, at most what 64 bits hold.
  public var value: Int64 { roundedAway(nanosPerPart: Self.nanosPerUnit) }
  /// The amount in bytes, for memory and storage: the same as ``value``.
  public var byteCount: Int64 { value }
  /// Whether the amount is whole. Half a byte (`512m` of memory) is a mistake that Kubernetes only warns of.
  public var isWhole: Bool { nanos % Self.nanosPerUnit == 0 }
  /// Whether the amount is zero.
  public var isZero: Bool { nanos == 0 }
  /// Whether the amount is below zero.
  public var isNegative: Bool { nanos < 0 }

  private func roundedAway(nanosPerPart: Int128) -> Int64 {
    let (quotient, remainder) = nanos.quotientAndRemainder(dividingBy: nanosPerPart)
    return Int64(clamping: quotient + remainder.signum())
  }

  /// Whether both are the same.
  public static func == (left: Self, right: Self) -> Bool { left.nanos == right.nanos }

  /// Feeds what equality compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(nanos) }

  /// Whether one is less than the other.
  public static func < (left: Self, right: Self) -> Bool { left.nanos < right.nanos }

  /// The sum, in the format of the left one unless that is zero. It stops at what 128 bits of billionths hold.
  public static func + (left: Self, right: Self) -> Self {
    let (sum, overflow) = left.nanos.addingReportingOverflow(right.nanos)
    let format = left.isZero ? right.format : left.format
    return Self(nanos: overflow ? (left.isNegative ? .min : .max) : sum, format: format)
  }

  /// The multiple, such as what a number of replicas asks for. It stops at what 128 bits of billionths hold.
  public static func * (left: Self, factor: Int) -> Self {
    let (product, overflow) = left.nanos.multipliedReportingOverflow(by: Int128(factor))
    let isNegative = left.isNegative != (factor < 0)
    return Self(nanos: overflow ? (isNegative ? .min : .max) : product, format: left.format)
  }

  static let scalarKind = ScalarKind<Quantity>(
    "a quantity", samples: ["200m", "1Gi", "1.5"], placeholder: Quantity(0),
    schema: ScalarSchema(
      ["string", "number"],
      pattern: "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$"))
}
