/// The list of what was written to an output folder, kept in a file there: only what it names is ever replaced or removed.
struct OutputManifest: Equatable {
  /// The name of the file.
  static let fileName = ".sluice-output"

  private static let header =
    "# Written by sluice compile, one path a line: what stands here is replaced or removed by it."

  /// The paths, sorted.
  let paths: [String]

  init(_ paths: some Sequence<String>) {
    self.paths = paths.sorted()
  }

  /// Reads the list. A line that is no path inside the folder is not taken, whoever wrote it.
  init(parsing bytes: [UInt8]) {
    self.init(
      String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init).filter(Self.isPath))
  }

  /// The content of the file.
  var bytes: [UInt8] { Array((([Self.header] + paths).joined(separator: "\n") + "\n").utf8) }

  /// Whether a text is a relative path that stays inside the folder and is not the list itself.
  static func isPath(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return !text.hasPrefix("#") && text != fileName
      && parts.allSatisfy { part in
        !part.isEmpty && part != "." && part != ".." && part.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
      }
  }
}
