/// Finds the string value of the top-level `model` member in JSON that arrives in pieces.
///
/// It keeps a few bytes of state and never goes back, so a body need not be held to be searched. It looks at the text
/// only as far as it must: what is not JSON is not reported here, and then nothing is found.
struct ModelFieldScanner {
  /// Why `advance` stopped.
  enum Step: Equatable {
    /// At the end of the piece; go on with the next.
    case needsMore
    /// The opening quote of the value stands here.
    case valueStart(Int)
    /// The value ended before this index.
    case valueEnd(Int)
    /// There is nothing left to find.
    case finished
  }

  private enum State {
    case beforeObject, beforeKey, key, keyEscape, keyCodeUnit, afterKey, beforeValue
    case string, stringEscape, nested, nestedString, nestedEscape, scalar
    case model, modelEscape, finished
  }

  private static let name: StaticString = "model"

  private var state = State.beforeObject
  private var depth = 0
  /// How many bytes of the name the current key has matched; negative when it is another key.
  private var matched = 0
  /// The UTF-16 code unit of a `\u` in a key, and how many of its four digits have come.
  private var codeUnit: UInt16 = 0
  private var digits = 0

  /// Whether the rest of the text can pass unread.
  var isFinished: Bool { state == .finished }

  /// Whether the end of the last piece was inside the value.
  var isInsideValue: Bool { state == .model || state == .modelEscape }

  /// Reads from `index` up to `end` and stops where the caller has to act.
  mutating func advance(_ bytes: Span<UInt8>, from index: Int, to end: Int) -> Step {
    var index = index
    while index < end {
      if state == .finished { return .finished }
      let byte = bytes[index]
      switch state {
      case .beforeObject: beforeObject(byte)
      case .beforeKey: beforeKey(byte)
      case .key: key(byte)
      case .keyEscape: keyEscape(byte)
      case .keyCodeUnit: keyCodeUnit(byte)
      case .afterKey: if byte == UInt8(ascii: ":") { state = .beforeValue }
      case .beforeValue:
        beforeValue(byte)
        if state == .model { return .valueStart(index) }
      case .string: if let next = Self.inString(byte, end: .beforeKey, escape: .stringEscape) { state = next }
      case .stringEscape: state = .string
      case .nested: nested(byte)
      case .nestedString: if let next = Self.inString(byte, end: .nested, escape: .nestedEscape) { state = next }
      case .nestedEscape: state = .nestedString
      case .scalar: scalar(byte)
      case .model:
        if let next = Self.inString(byte, end: .finished, escape: .modelEscape) { state = next }
        if state == .finished { return .valueEnd(index + 1) }
      case .modelEscape: state = .model
      case .finished: return .finished
      }
      index += 1
    }
    return state == .finished ? .finished : .needsMore
  }

  /// Steps over the opening quote that `valueStart` reported.
  private mutating func beforeValue(_ byte: UInt8) {
    switch byte {
    case 0x20, 0x0A, 0x0D, 0x09: break
    case UInt8(ascii: "\""): state = matched == Self.name.utf8CodeUnitCount ? .model : .string
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      state = .nested
      depth = 1
    default: state = .scalar
    }
  }

  private mutating func beforeObject(_ byte: UInt8) {
    switch byte {
    case 0x20, 0x0A, 0x0D, 0x09: break
    case UInt8(ascii: "{"): state = .beforeKey
    default: state = .finished
    }
  }

  private mutating func beforeKey(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""):
      state = .key
      matched = 0
    case UInt8(ascii: "}"): state = .finished
    default: break
    }
  }

  private mutating func key(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): state = .afterKey
    case UInt8(ascii: "\\"): state = .keyEscape
    default: match(UInt16(byte))
    }
  }

  private mutating func keyEscape(_ byte: UInt8) {
    if byte == UInt8(ascii: "u") {
      state = .keyCodeUnit
      codeUnit = 0
      digits = 0
    } else {
      // No other escape stands for a letter.
      state = .key
      matched = -1
    }
  }

  private mutating func keyCodeUnit(_ byte: UInt8) {
    guard let digit = JSONText.hexDigit(byte) else {
      state = .key
      matched = -1
      return
    }
    codeUnit = codeUnit << 4 | UInt16(digit)
    digits += 1
    if digits == 4 {
      state = .key
      match(codeUnit)
    }
  }

  /// Compares the next letter of a key; the name is ASCII, where bytes and code units are the same.
  private mutating func match(_ letter: UInt16) {
    let fits = matched >= 0 && matched < Self.name.utf8CodeUnitCount && UInt16(Self.name.utf8Start[matched]) == letter
    matched = fits ? matched + 1 : -1
  }

  private mutating func nested(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): state = .nestedString
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      if depth == 0 { state = .beforeKey }
    default: break
    }
  }

  private mutating func scalar(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: ","): state = .beforeKey
    case UInt8(ascii: "}"): state = .finished
    default: break
    }
  }

  private static func inString(_ byte: UInt8, end: State, escape: State) -> State? {
    switch byte {
    case UInt8(ascii: "\""): end
    case UInt8(ascii: "\\"): escape
    default: nil
    }
  }
}
