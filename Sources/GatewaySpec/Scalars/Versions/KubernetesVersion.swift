/// A minor version of Kubernetes, such as 1.31.
public struct KubernetesVersion: DiagnosedScalar, Comparable {
  /// The number before the dot.
  public let major: UInt16
  /// The number behind the dot.
  public let minor: UInt16

  /// Makes a version.
  public init(_ major: UInt16, _ minor: UInt16) {
    self.major = major
    self.minor = minor
  }

  /// The canonical text.
  public var description: String { "\(major).\(minor)" }

  /// Whether one is less than the other.
  public static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  static let scalarKind = ScalarKind<KubernetesVersion>(
    "a Kubernetes version", samples: ["1.31", "1.34"], placeholder: KubernetesVersion(0, 0),
    schema: ScalarSchema(["string", "number"], pattern: "^(0|[1-9][0-9]{0,3})\\.(0|[1-9][0-9]{0,3})$"))

  static func read(_ text: String) -> Self? {
    let parts = text.utf8.split(separator: 0x2E, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 2, let major = number(parts[0]), let minor = number(parts[1]) else { return nil }
    return KubernetesVersion(major, minor)
  }

  private static func number(_ digits: Substring.UTF8View) -> UInt16? {
    guard (1...4).contains(digits.count), digits.count == 1 || digits.first != 0x30 else { return nil }
    var value: UInt16 = 0
    for digit in digits {
      guard digit.isASCIIDigit else { return nil }
      value = value * 10 + UInt16(digit & 0x0F)
    }
    return value
  }

  static func explain(_ text: String) -> ScalarMistake {
    let version = text.first == "v" || text.first == "V" ? text.dropFirst() : text[...]
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    let minor = parts.prefix(2).joined(separator: ".")
    if parts.count > 2, read(minor) != nil {
      return mistake(text, "only major and minor version count", write: minor, isSafe: true)
    }
    if version.count < text.count {
      return mistake(text, "it starts with a `v`", write: minor, isSafe: true, at: 0..<1)
    }
    return mistake(text, "it is not two numbers with a dot between them")
  }
}
