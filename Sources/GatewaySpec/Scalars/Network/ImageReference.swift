/// The name of a container image: `[registry/]repository[:tag][@digest]`, as the distribution reference grammar has it
/// (https://github.com/distribution/reference).
public struct ImageReference: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String
  /// UTF-8 offset of the repository; 0 where no registry is written.
  private let repositoryStart: UInt16
  private let nameEnd, tagEnd: UInt16

  /// The registry with its port as written; nil where none is, which means Docker Hub.
  public var registry: String? { repositoryStart == 0 ? nil : slice(0, Int(repositoryStart) - 1) }
  /// The repository, such as "berriai/litellm".
  public var repository: String { slice(Int(repositoryStart), Int(nameEnd)) }
  /// Registry and repository as written, without tag and digest.
  public var name: String { slice(0, Int(nameEnd)) }
  /// The tag; nil where none is written.
  public var tag: String? { tagEnd == nameEnd ? nil : slice(Int(nameEnd) + 1, Int(tagEnd)) }
  /// The digest with its algorithm, such as "sha256:…"; nil where none is written.
  public var digest: String? {
    Int(tagEnd) == text.utf8.count ? nil : slice(Int(tagEnd) + 1, text.utf8.count)
  }

  /// Whether the same text can name another image tomorrow: no digest, and a tag that is missing, has no digit
  /// (`latest`, `main-stable`) or is a version of one or two numbers (`v1`, `1.109`).
  public var isMutableTag: Bool {
    guard digest == nil else { return false }
    guard let tag else { return true }
    guard tag.utf8.contains(where: \.isASCIIDigit) else { return true }
    let version = tag.hasPrefix("v") ? tag.dropFirst() : tag[...]
    let numbers = version.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count < 3 && version.utf8.count < 7
      && numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIIDigit) }
  }

  private func slice(_ start: Int, _ end: Int) -> String {
    String(text.utf8.dropFirst(start).prefix(end - start)) ?? ""
  }

  /// Whether both are the same.
  public static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  /// Feeds what equality compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  static let scalarKind = ScalarKind<ImageReference>(
    "a container image", samples: ["ghcr.io/berriai/litellm:v1.109.1", "redis:7.4.1"],
    placeholder: Self(constant: "placeholder"),
    schema: ScalarSchema(
      pattern: "^[^\\s:@/]+(:[0-9]+(?=/))?(/[^\\s:@/]+)*(:[^\\s:@/]+)?(@[^\\s@/]+)?$", maximumLength: 522))

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    guard bytes.count <= maximumNameLength + 1 + 128 + 1 + 7 + 128 else { return nil }
    var tagEnd = 0
    while tagEnd < bytes.count, bytes[tagEnd] != 0x40 { tagEnd += 1 }
    if tagEnd < bytes.count, !isDigest(bytes.extracting((tagEnd + 1)...)) { return nil }
    var nameEnd = tagEnd
    while nameEnd > 0, bytes[nameEnd - 1] != 0x3A, bytes[nameEnd - 1] != 0x2F { nameEnd -= 1 }
    if nameEnd > 0, bytes[nameEnd - 1] == 0x3A {
      guard isTag(bytes.extracting(nameEnd..<tagEnd)) else { return nil }
      nameEnd -= 1
    } else {
      nameEnd = tagEnd
    }
    guard nameEnd > 0, nameEnd <= maximumNameLength else { return nil }
    let start = registryEnd(bytes, nameEnd)
    guard start == 0 || isRegistry(bytes.extracting(0..<start - 1)) else { return nil }
    guard isRepository(bytes.extracting(start..<nameEnd)) else { return nil }
    return Self(
      text: text, repositoryStart: UInt16(start), nameEnd: UInt16(nameEnd), tagEnd: UInt16(tagEnd))
  }

  private static let maximumNameLength = 255

  /// The offset behind the slash of the registry, 0 when the first part is none: a registry has a dot or a port, or is
  /// `localhost`. Docker also takes one with a capital letter, which is a repository misspelled rather than a host.
  private static func registryEnd(_ bytes: Span<UInt8>, _ end: Int) -> Int {
    var looksLikeHost = false
    for index in 0..<end {
      switch bytes[index] {
      case 0x2E, 0x3A: looksLikeHost = true
      case 0x2F:
        return looksLikeHost || isLocalhost(bytes.extracting(0..<index)) ? index + 1 : 0
      default: break
      }
    }
    return 0
  }

  private static func isLocalhost(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count == 9 else { return false }
    for (index, letter) in "localhost".utf8.enumerated() where bytes[index] != letter { return false }
    return true
  }

  private static func isRegistry(_ bytes: Span<UInt8>) -> Bool {
    var end = bytes.count
    while end > 0, bytes[end - 1].isASCIIDigit { end -= 1 }
    let hasPort = end > 0 && end < bytes.count && bytes[end - 1] == 0x3A
    let host = hasPort ? bytes.extracting(0..<end - 1) : bytes
    if host.count > 2, host[0] == 0x5B, host[host.count - 1] == 0x5D {
      return IPAddress.isIPv6(host.extracting(1..<host.count - 1))
    }
    return registryGrammar.matches(host)
  }

  private static let registryGrammar = NameGrammar(
    inside: ASCIISet(.alphanumerics, and: "-"), first: .alphanumerics, last: .alphanumerics,
    insideWords: "letters, digits, `-` and `.`", edgeWords: "a letter or a digit",
    maximumLength: 255, separator: 0x2E)

  /// Whether the bytes are parts joined by `/`, each of runs of letters and digits joined by `.`, `_`, `__` or dashes.
  static func isRepository(_ bytes: Span<UInt8>) -> Bool {
    let characters = ASCIISet.lowercaseAndDigits
    var index = 0
    while true {
      let start = index
      while index < bytes.count, characters.contains(bytes[index]) { index += 1 }
      guard index > start else { return false }
      guard index < bytes.count else { return true }
      let separator = bytes[index]
      let separatorStart = index
      while index < bytes.count, bytes[index] == separator { index += 1 }
      let count = index - separatorStart
      switch separator {
      case 0x2F, 0x2E: guard count == 1 else { return false }
      case 0x5F: guard count <= 2 else { return false }
      case 0x2D: break
      default: return false
      }
    }
  }

  static func isTag(_ bytes: Span<UInt8>) -> Bool {
    guard (1...128).contains(bytes.count), bytes[0] != 0x2E, bytes[0] != 0x2D else { return false }
    let characters = tagCharacters
    for index in bytes.indices where !characters.contains(bytes[index]) { return false }
    return true
  }

  private static let tagCharacters = ASCIISet(.alphanumerics, and: "_.-")

  /// Whether the bytes are `sha256:` or `sha512:` and as many lower-case hex digits as that has.
  static func isDigest(_ bytes: Span<UInt8>) -> Bool {
    let isLong = bytes.count == 7 + 128
    guard isLong || bytes.count == 7 + 64 else { return false }
    let prefix = isLong ? "sha512:" : "sha256:"
    for (index, letter) in prefix.utf8.enumerated() where bytes[index] != letter { return false }
    for index in 7..<bytes.count where !bytes[index].isASCIIHexDigit || bytes[index].isASCIIUppercase { return false }
    return true
  }
}
