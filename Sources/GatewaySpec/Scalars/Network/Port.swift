/// A TCP port, 1 to 65535.
public struct Port: DiagnosedScalar, Comparable {
  /// The number of the port.
  public let number: UInt16

  /// The port of a number, nil outside 1 to 65535.
  public init?(_ number: Int) {
    guard (1...65535).contains(number) else { return nil }
    self.number = UInt16(number)
  }

  private init(unchecked number: UInt16) {
    self.number = number
  }

  /// 80.
  public static let http = Port(unchecked: 80)
  /// 443.
  public static let https = Port(unchecked: 443)

  /// Whether a process needs a capability to listen on it: below 1024.
  public var isPrivileged: Bool { number < 1024 }

  /// Who else listens on it in many clusters, nil where nobody does: the kubelet on the node, Istio's sidecar in the
  /// pod (https://istio.io/latest/docs/ops/deployment/application-requirements/).
  public var reservation: String? {
    switch number {
    case 10248, 10250, 10255, 10256: "the node's own agents"
    case 15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090: "Istio's sidecar"
    case 30000...32767: "Services of type NodePort"
    default: nil
    }
  }

  /// The canonical text.
  public var description: String { String(number) }

  /// Whether one is less than the other.
  public static func < (left: Self, right: Self) -> Bool { left.number < right.number }

  static let scalarKind = ScalarKind<Port>(
    "a port", samples: ["4000", "8443"], placeholder: Port(unchecked: 65535),
    schema: ScalarSchema(["integer", "string"], pattern: "^[1-9][0-9]{0,4}$", minimum: 1, maximum: 65535))

  static func read(_ text: String) -> Self? { read(text.utf8.span) }

  /// The port that the bytes write: decimal digits, no leading zero.
  static func read(_ bytes: Span<UInt8>) -> Self? {
    guard (1...5).contains(bytes.count), bytes[0] != 0x30 else { return nil }
    var number = 0
    for index in bytes.indices {
      guard bytes[index].isASCIIDigit else { return nil }
      number = number * 10 + Int(bytes[index] & 0x0F)
    }
    return Port(number)
  }

  static func explain(_ text: String) -> ScalarMistake {
    if text.utf8.allSatisfy({ $0 == 0x30 }) {
      return mistake(text, "ports start at 1")
    }
    if text.utf8.allSatisfy(\.isASCIIDigit) {
      let trimmed = String(text.drop { $0 == "0" })
      return read(trimmed) == nil
        ? mistake(text, "ports end at 65535")
        : mistake(text, "a leading zero makes it an octal number for some readers", write: trimmed)
    }
    if let number = try? Int(parsing: text), number < 0 {
      return mistake(text, "ports are 1 to 65535")
    }
    if let slash = text.firstIndex(of: "/"), ["/tcp", "/TCP"].contains(text[slash...]) {
      return mistake(
        text, "the protocol is not part of it", write: String(text[..<slash]), isSafe: true,
        at: text.utf8Offsets(of: slash..<text.endIndex))
    }
    if let colon = text.lastIndex(of: ":") {
      return mistake(
        text, "only the number is written", write: String(text[text.index(after: colon)...]),
        at: text.utf8Offsets(of: text.startIndex..<text.index(after: colon)))
    }
    return mistake(text, "it is not a whole number")
  }
}
