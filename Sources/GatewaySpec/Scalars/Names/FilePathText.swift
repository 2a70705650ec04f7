/// The path of a file relative to the spec, such as "policies/eso.hcl". It never leads out of the folder of the spec.
public struct FilePathText: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String

  static let scalarKind = ScalarKind<FilePathText>(
    "a relative file path", samples: ["policies/eso.hcl", "bounds.yaml"], placeholder: Self(text: "placeholder"),
    schema: ScalarSchema(pattern: "^[^/\\\\]([^\\\\]*[^/\\\\])?$", maximumLength: 1024))

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    guard !bytes.isEmpty, bytes.count <= 1024, bytes[0] != 0x2F, bytes[0] != 0x7E else { return nil }
    guard !bytes[0].isASCIIWhitespace, !bytes[bytes.count - 1].isASCIIWhitespace else { return nil }
    var depth = 0
    var start = 0
    for index in 0...bytes.count {
      guard index == bytes.count || bytes[index] == 0x2F else {
        if bytes[index] < 0x20 || bytes[index] == 0x7F || bytes[index] == 0x5C { return nil }
        continue
      }
      switch index - start {
      case 0: return nil
      case 1 where bytes[start] == 0x2E: break
      case 2 where bytes[start] == 0x2E && bytes[start + 1] == 0x2E: depth -= 1
      default: depth += 1
      }
      if depth < 0 { return nil }
      start = index + 1
    }
    return depth > 0 ? Self(text: text) : nil
  }

  static func explain(_ text: String) -> ScalarMistake {
    if text.utf8.count > 1024 { return mistake(text, "it is longer than 1024 characters") }
    if text.contains("\\") {
      let slashed = String(text.map { $0 == "\\" ? "/" : $0 })
      return mistake(text, "the parts of a path are joined by `/`", write: slashed)
    }
    if text.hasPrefix("/") || text.hasPrefix("~") {
      return mistake(
        text, text.hasPrefix("/") ? "it starts at the root" : "it starts at a home folder",
        help: "write the path from the folder of the spec", at: 0..<1)
    }
    if let index = text.utf8.firstIndex(where: { $0 < 0x20 || $0 == 0x7F }) {
      let offset = text.utf8.distance(from: text.startIndex, to: index)
      return mistake(text, "it holds a control character", at: offset..<offset + 1)
    }
    let segments = text.split(separator: "/").filter { $0 != "." }
    if let dots = text.firstRange(of: ".."), segments.contains("..") {
      return mistake(
        text, "it leads out of the folder of the spec", help: "move the file into the folder of the spec",
        at: text.utf8Offsets(of: dots))
    }
    if segments.isEmpty { return mistake(text, "it names a folder") }
    let reason = text.hasSuffix("/") ? "it ends with a slash" : "it has an empty segment"
    return mistake(text, reason, write: segments.joined(separator: "/"))
  }
}
