/// The paths of gjson, as far as they make sense for secrets: keys with `*` and `?`, indices, `#`, queries `#(…)`, the
/// modifiers `@this`, `@keys`, `@values`, `@reverse`, `@flatten` and `@ugly`, `|`, and `{a,b}` and `[a,b]`.
///
/// Static values (`!`), other modifiers and their arguments find nothing.
struct SecretPath {
  private static let depthLimit = 64
  private let characters: [Unicode.Scalar]
  private var offset = 0
  private let depth: Int

  /// What a path finds.
  static func evaluate(_ path: String, on value: SecretJSON, depth: Int = 0) -> SecretJSON? {
    guard depth < depthLimit else { return nil }
    var parser = SecretPath(characters: Array(path.unicodeScalars), depth: depth)
    return parser.evaluate(on: value)
  }

  private init(characters: [Unicode.Scalar], depth: Int) {
    self.characters = characters
    self.depth = depth
  }

  private func evaluate(_ path: ArraySlice<Unicode.Scalar>, on value: SecretJSON) -> SecretJSON? {
    Self.evaluate(Self.text(path), on: value, depth: depth + 1)
  }

  private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  private var next: Unicode.Scalar? { offset < characters.count ? characters[offset] : nil }

  private mutating func evaluate(on root: SecretJSON) -> SecretJSON? {
    var value = root
    while true {
      guard let found = step(on: value) else { return nil }
      value = found
      guard let separator = next else { return value }
      guard separator == "." || separator == "|" else { return nil }
      offset += 1
    }
  }

  private mutating func step(on value: SecretJSON) -> SecretJSON? {
    switch next {
    case "@": return modify(value)
    case "{", "[": return select(from: value)
    case "#": if case .array(let elements) = value { return hash(on: elements) }
    case "!", nil: return nil
    default: break
    }
    let key = takeKey()
    switch value {
    case .object(let members): return members.first { key.matches($0.key) }?.value
    case .array(let elements):
      guard let index = Int(key.text), elements.indices.contains(index) else { return nil }
      return elements[index]
    default: return nil
    }
  }

  // MARK: Keys

  private struct Key {
    /// Each character, and whether it stands for others.
    var parts: [(scalar: Unicode.Scalar, isWildcard: Bool)] = []

    var text: String { SecretPath.text(parts.map(\.scalar)) }

    func matches(_ name: String) -> Bool {
      let name = Array(name.unicodeScalars)
      var part = 0
      var position = 0
      var retry: (part: Int, position: Int)?
      while position < name.count {
        if part < parts.count, parts[part].isWildcard, parts[part].scalar == "*" {
          retry = (part, position)
          part += 1
        } else if part < parts.count, parts[part].isWildcard || parts[part].scalar == name[position] {
          part += 1
          position += 1
        } else if let (star, start) = retry {
          retry = (star, start + 1)
          part = star + 1
          position = start + 1
        } else {
          return false
        }
      }
      return parts[part...].allSatisfy { $0.isWildcard && $0.scalar == "*" }
    }
  }

  private mutating func takeKey() -> Key {
    var key = Key()
    while let scalar = next, scalar != ".", scalar != "|" {
      offset += 1
      if scalar == "\\", let escaped = next {
        offset += 1
        key.parts.append((escaped, false))
      } else {
        key.parts.append((scalar, scalar == "*" || scalar == "?"))
      }
    }
    return key
  }

  // MARK: Arrays

  /// `#` at the end counts, `#.rest` collects, `#(query)` finds the first and `#(query)#` all.
  private mutating func hash(on elements: [SecretJSON]) -> SecretJSON? {
    offset += 1
    var elements = elements
    if next == "(" {
      guard let query = takeBracketed() else { return nil }
      let test = SecretQuery(query)
      guard next == "#" else { return elements.first { test.accepts($0, depth: depth) } }
      offset += 1
      elements = elements.filter { test.accepts($0, depth: depth) }
      guard next == "." else { return .array(elements) }
    }
    switch next {
    case nil, "|": return .number(String(elements.count))
    case ".":
      offset += 1
      let start = offset
      skipToPipe()
      return .array(elements.compactMap { evaluate(characters[start..<offset], on: $0) })
    default: return nil
    }
  }

  /// Moves to the next `|` that is not inside brackets or text.
  private mutating func skipToPipe() {
    while let scalar = next, scalar != "|" {
      switch scalar {
      case "(", "[", "{": if takeBracketed() == nil { offset = characters.count }
      case "\\": offset = min(offset + 2, characters.count)
      default: offset += 1
      }
    }
  }

  /// Moves behind the bracket that closes the one here and returns what stands between.
  private mutating func takeBracketed() -> ArraySlice<Unicode.Scalar>? {
    let start = offset + 1
    var open = 0
    var isQuoted = false
    while let scalar = next {
      offset += 1
      switch scalar {
      case "\\": offset = min(offset + 1, characters.count)
      case "\"": isQuoted.toggle()
      case "(", "[", "{": if !isQuoted { open += 1 }
      case ")", "]", "}":
        if isQuoted { break }
        open -= 1
        if open == 0 { return characters[start..<(offset - 1)] }
      default: break
      }
    }
    return nil
  }

  // MARK: Selections and modifiers

  /// `{a,b}` makes an object of what the paths find, `[a,b]` a list.
  private mutating func select(from value: SecretJSON) -> SecretJSON? {
    let isObject = next == "{"
    guard let inside = takeBracketed() else { return nil }
    var members: [SecretJSON.Member] = []
    for part in SecretPath.split(inside) {
      var path = part
      var name = String(Self.text(part).split { ".|".contains($0) }.last ?? "_")
      if let colon = part.firstIndex(of: ":"), part.first == "\"", colon > part.startIndex + 1 {
        name = Self.text(part[(part.startIndex + 1)..<(colon - 1)])
        path = part[(colon + 1)...]
      }
      if let found = evaluate(path, on: value) { members.append(.init(name, found)) }
    }
    return isObject ? .object(members) : .array(members.map(\.value))
  }

  /// Splits at commas outside brackets and text.
  private static func split(_ path: ArraySlice<Unicode.Scalar>) -> [ArraySlice<Unicode.Scalar>] {
    var open = 0
    var isQuoted = false
    return path.split(omittingEmptySubsequences: true) { scalar in
      switch scalar {
      case "\"": isQuoted.toggle()
      case "(", "[", "{": if !isQuoted { open += 1 }
      case ")", "]", "}": if !isQuoted { open -= 1 }
      default: break
      }
      return scalar == "," && open == 0 && !isQuoted
    }
  }

  private mutating func modify(_ value: SecretJSON) -> SecretJSON? {
    let start = offset
    while let scalar = next, scalar != ".", scalar != "|" { offset += 1 }
    switch (Self.text(characters[start..<offset]), value) {
    case ("@this", _), ("@ugly", _), ("@valid", _): return value
    case ("@keys", .object(let members)): return .array(members.map { .string($0.key) })
    case ("@keys", .array(let elements)): return .array(elements.map { _ in .null })
    case ("@values", .object(let members)): return .array(members.map(\.value))
    case ("@values", .array): return value
    case ("@reverse", .array(let elements)): return .array(elements.reversed())
    case ("@reverse", .object(let members)): return .object(members.reversed())
    case ("@reverse", _): return value
    case ("@flatten", .array(let elements)):
      return .array(elements.flatMap { if case .array(let inner) = $0 { inner } else { [$0] } })
    default: return nil
    }
  }

  // MARK: Numbers

  /// A number as gjson writes one that it has parsed: whole digits as they are, others in the shortest plain notation.
  static func formatted(_ digits: String) -> String {
    if digits.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) }) {
      return digits
    }
    guard let number = Double(digits), number.isFinite else { return digits }
    let shortest = "\(number)"
    let parts = shortest.split(separator: "e")
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    let isNegative = shortest.hasPrefix("-")
    let mantissa = (isNegative ? parts[0].dropFirst() : parts[0]).split(separator: ".")
    var whole = String(mantissa[0])
    var fraction = mantissa.count == 2 && mantissa[1] != "0" ? String(mantissa[1]) : ""
    if exponent > 0 {
      fraction += String(repeating: "0", count: max(0, exponent - fraction.count))
      whole += fraction.prefix(exponent)
      fraction = String(fraction.dropFirst(exponent))
    } else if exponent < 0 {
      whole = String(repeating: "0", count: max(0, 1 - exponent - whole.count)) + whole
      fraction = whole.suffix(-exponent) + fraction
      whole = String(whole.dropLast(-exponent))
    }
    return (isNegative ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }
}
