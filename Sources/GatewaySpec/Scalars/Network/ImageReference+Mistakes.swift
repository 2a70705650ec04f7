extension ImageReference {
  static func explain(_ text: String) -> ScalarMistake {
    if let scheme = text.firstRange(of: "://") {
      return mistake(
        text, "an image has no scheme", write: String(text[scheme.upperBound...]),
        at: text.utf8Offsets(of: text.startIndex..<scheme.upperBound))
    }
    if let space = text.firstIndex(where: \.isWhitespace) {
      return mistake(
        text, "white space cannot stand in it", at: text.utf8Offsets(of: space..<text.index(after: space)))
    }
    let name = text.prefix { $0 != "@" }
    if name.endIndex < text.endIndex {
      let digest = text[text.index(after: name.endIndex)...]
      if !isDigest(String(digest).utf8.span) { return explainDigest(text, digest) }
    }
    var repository = name
    if let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") {
      repository = name[..<colon]
      let tag = name[name.index(after: colon)...]
      if tag.isEmpty {
        return mistake(
          text, "there is no tag behind the colon", write: "\(repository)\(text[name.endIndex...])",
          at: text.utf8Offsets(of: colon..<name.endIndex))
      }
      if !isTag(String(tag).utf8.span) {
        let reason =
          tag.utf8.count > 128
          ? "its tag has \(tag.utf8.count) characters, 128 are allowed"
          : "a tag has letters, digits, `_`, `.` and `-`, and starts with none of the last two"
        return mistake(text, reason, at: text.utf8Offsets(of: tag))
      }
    }
    if repository.utf8.count > 255 { return mistake(text, "its name is longer than 255 characters") }
    if repository.isEmpty { return mistake(text, "it has no repository") }
    if repository.contains(where: \.isUppercase) {
      // The registry may have capitals, so that only what stands behind it is lowered.
      let slash = repository.firstIndex(of: "/")
      let isHost = slash.map { repository[..<$0].contains { $0 == "." || $0 == ":" } } ?? false
      let start = isHost ? slash ?? repository.startIndex : repository.startIndex
      return mistake(
        text, "a repository has no upper-case letters",
        write: "\(text[..<start])\(repository[start...].lowercased())\(text[repository.endIndex...])",
        at: text.utf8Offsets(of: repository[start...]))
    }
    return mistake(
      text, "a repository is lower-case letters and digits, joined by `.`, `_`, `__`, `-` or `/`",
      at: text.utf8Offsets(of: repository))
  }

  private static func explainDigest(_ text: String, _ digest: Substring) -> ScalarMistake {
    let range = text.utf8Offsets(of: digest)
    for (algorithm, length) in [("sha256", 64), ("sha512", 128)] where digest.hasPrefix(algorithm + ":") {
      let digits = digest.dropFirst(algorithm.count + 1)
      if !digits.isEmpty, digits.utf8.allSatisfy(\.isASCIIHexDigit), digits.utf8.count != length {
        return mistake(
          text, "a \(algorithm) digest has \(length) hexadecimal digits, this one has \(digits.utf8.count)",
          help: "copy the whole digest from the registry", at: range)
      }
      return mistake(
        text, "a digest has only the digits 0 to 9 and a to f", help: "copy the whole digest from the registry",
        write: "\(text[..<digest.startIndex])\(digest.lowercased())", isSafe: true, at: range)
    }
    return mistake(
      text, "behind the `@` stands no digest", help: "write `@sha256:` and the 64 digits of the digest", at: range)
  }
}
