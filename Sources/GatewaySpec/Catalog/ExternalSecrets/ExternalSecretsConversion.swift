/// What External Secrets Operator does to the names and values that it puts into a Kubernetes Secret.
public enum ExternalSecretsConversion {
  /// How a name is turned into the key of a Secret (`conversionStrategy`).
  public enum KeyStrategy: String, Sendable, Hashable, CaseIterable {
    /// `_` for each character that a key cannot hold.
    case `default` = "Default"
    /// `_U002f_` for each character that a key cannot hold.
    case unicode = "Unicode"
  }

  /// How a value is decoded (`decodingStrategy`).
  public enum DecodingStrategy: String, Sendable, Hashable, CaseIterable {
    case none = "None"
    case base64 = "Base64"
    case base64URL = "Base64URL"
    /// Decodes whatever happens to be valid base64, plain text of that shape too: never right for API keys.
    case auto = "Auto"
  }

  /// The key of a Secret for a name. A key holds letters, digits, `-`, `.` and `_` of ASCII.
  public static func key(for name: String, strategy: KeyStrategy) -> String {
    var key = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_": key.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        key += strategy == .default ? "_" : "_U\(padded)_"
      }
    }
    return key
  }

  /// The keys of a Secret for names; `nil` when two names give one key, which fails the whole ExternalSecret.
  public static func keys(for names: [String], strategy: KeyStrategy) -> [String]? {
    let keys = names.map { key(for: $0, strategy: strategy) }
    return Set(keys).count == keys.count ? keys : nil
  }

  /// The bytes that go into a Secret; `nil` when the value is not in the encoding that is asked for.
  public static func decode(_ value: [UInt8], strategy: DecodingStrategy) -> [UInt8]? {
    switch strategy {
    case .none: value
    case .base64: base64(value, "+", "/")
    case .base64URL: base64(value, "-", "_")
    case .auto: base64(value, "+", "/") ?? base64(value, "-", "_") ?? value
    }
  }

  /// Decodes padded base64 as Go does: line ends are skipped, the length must be a multiple of four.
  private static func base64(_ text: [UInt8], _ plus: Unicode.Scalar, _ slash: Unicode.Scalar) -> [UInt8]? {
    var digits = text.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard digits.count % 4 == 0 else { return nil }
    for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
    var result: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for digit in digits {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = digit - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = digit - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0") + 52
      case UInt8(ascii: plus): value = 62
      case UInt8(ascii: slash): value = 63
      default: return nil
      }
      buffer = buffer << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        result.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    return result
  }
}
