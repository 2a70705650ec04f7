/// Names of tools that are longer than OpenAI's dialect allows: shortened in the request, restored in the answer.
struct ToolNames: Equatable {
  /// The longest name that OpenAI's dialect takes, in bytes.
  static let maximumLength = 64

  private var whole: [String: String] = [:]

  /// Writes a name, shortened if need be.
  mutating func write(_ name: JSONNode, of tree: JSONTree, to output: inout JSONOutput) {
    guard tree.contentRange(name).count > Self.maximumLength, let text = tree.string(name) else {
      output.copy(name, of: tree)
      return
    }
    let short = Self.shortened(text)
    whole[short] = text
    output.string(short)
  }

  /// The whole name that the inside of a JSON string stands for, as the inside of one.
  func restored(_ content: Span<UInt8>) -> [UInt8] {
    if !whole.isEmpty, let text = whole[JSONText.text(content)] {
      return Array(JSONText.encode(text).dropFirst().dropLast())
    }
    return content.withUnsafeBufferPointer { Array($0) }
  }

  /// The start of a name and a hash (FNV-1a) of all of it, so that two long names stay apart.
  static func shortened(_ name: String) -> String {
    var hash: UInt32 = 0x811C_9DC5
    for byte in name.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    let digits = String(hash, radix: 16)
    let suffix = "_" + String(repeating: "0", count: 8 - digits.count) + digits
    var start = name[...]
    while start.utf8.count + suffix.utf8.count > maximumLength { start.removeLast() }
    return start + suffix
  }
}
