/// The version of an engine, such as 1.109.1 or 1.74.0-rc.2: two or three numbers, and perhaps a suffix.
///
/// The text is kept, because the tag of an image is made from it. Versions compare by their numbers, a missing third one
/// counting as 0, then by suffix: `rc`, `beta` and their kind come before the release, anything else (`stable`, `post`)
/// behind it.
public struct EngineVersion: DiagnosedScalar, Comparable {
  /// The version as it was written.
  public let text: String
  /// The first number.
  public let major: UInt32
  /// The second number.
  public let minor: UInt32
  /// The third number, 0 where none is written.
  public let patch: UInt32
  /// What stands behind the numbers, without the `-` or `.` before it; empty for a release.
  public let suffix: String

  /// Whether it comes before the release that its numbers name.
  public var isPrerelease: Bool { stage < 0 }

  /// The canonical text.
  public var description: String { text }

  /// Whether both are the same.
  public static func == (left: Self, right: Self) -> Bool {
    left.major == right.major && left.minor == right.minor && left.patch == right.patch && left.suffix == right.suffix
  }

  /// Feeds what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(major)
    hasher.combine(minor)
    hasher.combine(patch)
    hasher.combine(suffix)
  }

  /// Whether one is less than the other.
  public static func < (left: Self, right: Self) -> Bool {
    let numbers = (left.major, left.minor, left.patch)
    let others = (right.major, right.minor, right.patch)
    if numbers != others { return numbers < others }
    if left.stage != right.stage { return left.stage < right.stage }
    return naturalOrder(left.suffix, right.suffix)
  }

  /// -1 before the release, 0 the release, 1 behind it.
  private var stage: Int {
    if suffix.isEmpty { return 0 }
    let word = suffix.prefix { $0.utf8.allSatisfy(\.isASCIILetter) }
    return ["a", "alpha", "b", "beta", "c", "dev", "nightly", "pre", "preview", "rc"].contains(word.lowercased())
      ? -1 : 1
  }

  /// Whether a text comes before another when runs of digits count as numbers: "rc.2" before "rc.10".
  private static func naturalOrder(_ left: String, _ right: String) -> Bool {
    var (rest, others) = (left.utf8[...], right.utf8[...])
    while let byte = rest.first, let other = others.first {
      guard byte.isASCIIDigit, other.isASCIIDigit else {
        if byte != other { return byte < other }
        rest = rest.dropFirst()
        others = others.dropFirst()
        continue
      }
      let digits = rest.prefix(while: \.isASCIIDigit)
      let otherDigits = others.prefix(while: \.isASCIIDigit)
      rest = rest[digits.endIndex...]
      others = others[otherDigits.endIndex...]
      let (number, otherNumber) = (digits.drop { $0 == 0x30 }, otherDigits.drop { $0 == 0x30 })
      if number.count != otherNumber.count { return number.count < otherNumber.count }
      if !number.elementsEqual(otherNumber) { return number.lexicographicallyPrecedes(otherNumber) }
    }
    if rest.isEmpty != others.isEmpty { return rest.isEmpty }
    return left < right
  }

  static let scalarKind = ScalarKind<EngineVersion>(
    "a version", samples: ["1.109.1", "1.74.0-rc.2"],
    placeholder: Self(text: "0.0", major: 0, minor: 0, patch: 0, suffix: ""),
    schema: ScalarSchema(
      ["string", "number"],
      pattern: "^(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8})){1,2}([-+.]?[A-Za-z0-9][-+.A-Za-z0-9]*)?$",
      maximumLength: 128))

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    guard bytes.count <= 128 else { return nil }
    var index = 0
    guard let major = number(bytes, &index), dot(bytes, &index), let minor = number(bytes, &index) else { return nil }
    var patch: UInt32 = 0
    if index + 1 < bytes.count, bytes[index] == 0x2E, bytes[index + 1].isASCIIDigit {
      index += 1
      guard let third = number(bytes, &index) else { return nil }
      patch = third
    }
    guard index < bytes.count else {
      return Self(text: text, major: major, minor: minor, patch: patch, suffix: "")
    }
    // A fourth number is no suffix.
    if bytes[index] == 0x2E, index + 1 == bytes.count || !bytes[index + 1].isASCIILetter { return nil }
    if "-+.".utf8.contains(bytes[index]) { index += 1 }
    guard index < bytes.count, ASCIISet.alphanumerics.contains(bytes[index]) else { return nil }
    let characters = suffixCharacters
    for position in index..<bytes.count where !characters.contains(bytes[position]) { return nil }
    let suffix = String(text.utf8.dropFirst(index)) ?? ""
    return Self(text: text, major: major, minor: minor, patch: patch, suffix: suffix)
  }

  private static let suffixCharacters = ASCIISet(.alphanumerics, and: "-+.")

  private static func dot(_ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
    guard index < bytes.count, bytes[index] == 0x2E else { return false }
    index += 1
    return true
  }

  /// One to nine digits without leading zero.
  private static func number(_ bytes: Span<UInt8>, _ index: inout Int) -> UInt32? {
    let start = index
    var value: UInt32 = 0
    while index < bytes.count, bytes[index].isASCIIDigit, index - start < 9 {
      value = value * 10 + UInt32(bytes[index] & 0x0F)
      index += 1
    }
    guard index > start, index == bytes.count || !bytes[index].isASCIIDigit else { return nil }
    return bytes[start] == 0x30 && index - start > 1 ? nil : value
  }

  static func explain(_ text: String) -> ScalarMistake {
    let version = text.first == "v" || text.first == "V" ? String(text.dropFirst()) : text
    if version.count < text.count {
      return mistake(text, "it starts with a `v`", write: version, isSafe: true, at: 0..<1)
    }
    if ["latest", "stable", "main", "nightly"].contains(text) {
      return mistake(text, "it names another version every day")
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIIDigit) }) {
      if parts.contains(where: { $0.count > 1 && $0.first == "0" }) {
        let numbers = parts.map { $0.drop { $0 == "0" } }.map { $0.isEmpty ? "0" : String($0) }
        return mistake(text, "its numbers have leading zeros", write: numbers.joined(separator: "."))
      }
      return mistake(
        text,
        parts.count > 3
          ? "it has more than three numbers"
          : parts.count == 1
            ? "it has only one number" : "its numbers are too large")
    }
    return mistake(text, "it is not two or three numbers with dots between them and perhaps a suffix")
  }
}
