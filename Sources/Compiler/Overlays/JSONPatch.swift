import Emitters
import SourceDiagnostics

/// What turns one manifest into another, as a JSON Patch (RFC 6902): exact whatever the schema, where a merge would have to
/// know which lists have keys.
struct JSONPatch {
  /// The operations, each a mapping.
  private(set) var operations: [YAMLValue] = []

  /// The patch that turns `old` into `new`; empty if they say the same.
  init(from old: YAMLValue, to new: YAMLValue) {
    compare(old, new, at: "")
  }

  private mutating func compare(_ old: YAMLValue, _ new: YAMLValue, at pointer: String) {
    switch (old.content, new.content) {
    case (.mapping(let before), .mapping(let after)):
      let new = Dictionary(after.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
      let old = Dictionary(before.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
      for entry in before where new[entry.key] == nil {
        append("remove", at: pointer + Self.step(entry.key), nil)
      }
      for entry in after {
        let place = pointer + Self.step(entry.key)
        if let before = old[entry.key] {
          compare(before, entry.value, at: place)
        } else {
          append("add", at: place, entry.value)
        }
      }
    case (.sequence(let before), .sequence(let after)) where before.count == after.count:
      for (index, pair) in zip(before, after).enumerated() { compare(pair.0, pair.1, at: "\(pointer)/\(index)") }
    default:
      if old.content != new.content { append("replace", at: pointer, new) }
    }
  }

  private mutating func append(_ operation: String, at pointer: String, _ value: YAMLValue?) {
    let entry: YAMLValue = ["op": .string(operation), "path": .string(pointer), "value": value]
    operations.append(entry.from(value?.origin))
  }

  /// A key as a step of a JSON Pointer (RFC 6901).
  private static func step(_ key: String) -> String {
    "/" + key.replacing("~", with: "~0").replacing("/", with: "~1")
  }
}
