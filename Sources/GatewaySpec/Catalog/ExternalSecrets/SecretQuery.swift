/// A query of gjson: a path, a comparison and a value, such as `id=="2"`; a path alone asks whether it finds something.
struct SecretQuery {
  private static let comparisons = ["==", "!=", "<=", ">=", "!%", "<", ">", "%", "="]
  private let path: String
  private let comparison: String?
  private let operand: String

  init(_ text: ArraySlice<Unicode.Scalar>) {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text)
    let query = String(scalars)
    var index = query.startIndex
    while index < query.endIndex {
      if let found = Self.comparisons.first(where: { query[index...].hasPrefix($0) }) {
        path = Self.trimmed(query[..<index])
        comparison = found == "=" ? "==" : found
        operand = Self.trimmed(query[query.index(index, offsetBy: found.count)...])
        return
      }
      index = query.index(after: index)
    }
    path = Self.trimmed(query[...])
    comparison = nil
    operand = ""
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text.drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }

  func accepts(_ element: SecretJSON, depth: Int) -> Bool {
    guard let value = path.isEmpty ? element : SecretPath.evaluate(path, on: element, depth: depth + 1) else {
      return false
    }
    guard let comparison else { return true }
    let isQuoted = operand.count > 1 && operand.hasPrefix("\"") && operand.hasSuffix("\"")
    let wanted = isQuoted ? String(operand.dropFirst().dropLast()) : operand
    switch value {
    case .string(let text): return Self.compare(text, comparison, wanted)
    case .number(let digits):
      guard let left = Double(digits), let right = Double(wanted) else { return false }
      return Self.compare(left, comparison, right)
    case .bool(let bool): return Self.compare(bool ? "true" : "false", comparison, wanted)
    case .null: return Self.compare("null", comparison, wanted)
    case .array, .object: return false
    }
  }

  private static func compare<Value: Comparable>(_ left: Value, _ comparison: String, _ right: Value) -> Bool {
    switch comparison {
    case "==": return left == right
    case "!=": return left != right
    case "<": return left < right
    case "<=": return left <= right
    case ">": return left > right
    case ">=": return left >= right
    default: return false
    }
  }
}
