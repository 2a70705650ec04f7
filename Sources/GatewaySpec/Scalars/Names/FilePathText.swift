/// The path of a file relative to the spec, such as "policies/eso.hcl". It never leads out of the folder of the spec, and a
/// ConfigMap can carry it to a folder of a pod: Kubernetes refuses the segment `..` and `..` at the start.
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
    if bytes.count > 1, bytes[0] == 0x2E, bytes[1] == 0x2E { return nil }
    var start = 0
    for index in 0...bytes.count {
      guard index == bytes.count || bytes[index] == 0x2F else {
        if bytes[index] < 0x20 || bytes[index] == 0x7F || bytes[index] == 0x5C { return nil }
        continue
      }
      switch index - start {
      case 0: return nil
      case 1 where bytes[start] == 0x2E: return nil
      case 2 where bytes[start] == 0x2E && bytes[start + 1] == 0x2E: return nil
      default: break
      }
      start = index + 1
    }
    return Self(text: text)
  }

  /// The path without `.`, `..` and empty segments; `nil` if it leads out of the folder.
  private static func normalised(_ text: String) -> String? {
    var segments: [Substring] = []
    for segment in text.split(separator: "/") where segment != "." {
      if segment != ".." {
        segments.append(segment)
      } else if segments.popLast() == nil {
        return nil
      }
    }
    return segments.joined(separator: "/")
  }

  static func explain(_ text: String) -> ScalarMistake {
    if text.utf8.count > 1024 { return mistake(text, "it is longer than 1024 characters") }
    if text.contains("\\") {
      let slashed = String(text.map { $0 == "\\" ? "/" : $0 })
      return mistake(text, "the parts of a path are joined by `/`", write: normalised(slashed) ?? slashed)
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
    guard let path = normalised(text) else {
      return mistake(
        text, "it leads out of the folder of the spec", help: "move the file into the folder of the spec",
        at: text.firstRange(of: "..").map(text.utf8Offsets))
    }
    if path.isEmpty { return mistake(text, "it names a folder") }
    if path.hasPrefix("..") {
      return mistake(text, "Kubernetes keeps names that start with `..` for itself", help: "rename the file", at: 0..<2)
    }
    let isDotted = text.split(separator: "/").contains { $0 == "." || $0 == ".." }
    let reason =
      isDotted ? "it goes by `.` or `..`" : text.hasSuffix("/") ? "it ends with a slash" : "it has an empty segment"
    return mistake(text, reason, write: path)
  }
}
