public import YAMLSyntax

/// A list or map, which is empty where it is left out.
protocol SpecCollection: SpecValue {
  /// The collection that holds nothing.
  static var empty: Self { get }
}

/// A list of values of one type, each with its place.
public struct SpecList<Element: SpecValue>: SpecCollection, RandomAccessCollection {
  /// The elements that could be read, in order.
  public let elements: [Setting<Element>]
  /// Whether an element could not be read or was cut off: what is not here may still be meant.
  public let isComplete: Bool

  /// Makes a list.
  public init(_ elements: [Setting<Element>] = [], isComplete: Bool = true) {
    self.elements = elements
    self.isComplete = isComplete
  }

  /// The position of the first element.
  public var startIndex: Int { elements.startIndex }
  /// The position behind the last element.
  public var endIndex: Int { elements.endIndex }
  /// The element at a position.
  public subscript(position: Int) -> Setting<Element> { elements[position] }

  /// Reads the value from a node; mistakes go to the decoder.
  public static func decode(_ node: YAMLNode, named key: YAMLNode?, with decoder: SpecDecoder) -> SpecList? {
    let tree = decoder.tree
    guard tree.kind(of: node) == .sequence else {
      decoder.reportWrongKind(of: node, named: key, expected: "a list", shape: shape)
      return nil
    }
    var elements: [Setting<Element>] = []
    elements.reserveCapacity(tree.elementCount(of: node))
    var isComplete = !tree.isIncomplete(node)
    for index in 0..<tree.elementCount(of: node) {
      let child = tree.element(of: node, at: index)
      if let element = Element.decode(child, named: nil, with: decoder) {
        elements.append(Setting(element, at: tree.span(of: child), .written))
      } else {
        isComplete = false
      }
    }
    return SpecList(elements, isComplete: isComplete)
  }

  /// What may be written.
  public static var shape: ValueShape { .list(of: Element.shape) }
  /// Stands in for a value that could not be read.
  public static var placeholder: SpecList { SpecList(isComplete: false) }
  static var empty: SpecList { SpecList() }
}

/// One entry of a map: a name that the author chose and its value.
public struct NamedEntry<Name: SpecScalar, Value: SpecValue>: Sendable {
  /// The name and its place.
  public let name: Setting<Name>
  /// The value and its place.
  public let setting: Setting<Value>

  /// The value.
  public var value: Value { setting.value }
}

/// A map from names that the author chooses to values of one type, in the order of the file.
public struct NamedEntries<Name: SpecScalar, Value: SpecValue>: SpecCollection, RandomAccessCollection {
  /// What a look-up finds.
  public enum Lookup {
    case found(NamedEntry<Name, Value>)
    /// The entry stands there but could not be read, or the map was cut off.
    case unreadable
    case missing
  }

  /// The entries that could be read, in the order of the file.
  public let entries: [NamedEntry<Name, Value>]
  private let indexByName: [Name: Int]
  private let unreadable: Set<String>
  private let isComplete: Bool

  init(_ entries: [NamedEntry<Name, Value>] = [], unreadable: Set<String> = [], isComplete: Bool = true) {
    self.entries = entries
    self.unreadable = unreadable
    self.isComplete = isComplete
    indexByName = Dictionary(entries.enumerated().map { ($1.name.value, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The position of the first element.
  public var startIndex: Int { entries.startIndex }
  /// The position behind the last element.
  public var endIndex: Int { entries.endIndex }
  /// The element at a position.
  public subscript(position: Int) -> NamedEntry<Name, Value> { entries[position] }

  /// The entry of that name.
  public subscript(name: Name) -> NamedEntry<Name, Value>? { indexByName[name].map { entries[$0] } }

  /// Whether every entry could be read, so that a name which is not here stands nowhere.
  public var isWhole: Bool { isComplete && unreadable.isEmpty }

  /// Looks a name up and tells a missing entry from one that could not be read.
  public func lookUp(_ name: Name) -> Lookup {
    if let index = indexByName[name] { return entries[index].setting.isInvalid ? .unreadable : .found(entries[index]) }
    return isComplete && !unreadable.contains(name.description) ? .missing : .unreadable
  }

  /// Reads the value from a node; mistakes go to the decoder.
  public static func decode(_ node: YAMLNode, named key: YAMLNode?, with decoder: SpecDecoder) -> NamedEntries? {
    let tree = decoder.tree
    guard tree.kind(of: node) == .mapping else {
      decoder.reportWrongKind(of: node, named: key, expected: "a mapping of names", shape: shape)
      return nil
    }
    var entries: [NamedEntry<Name, Value>] = []
    entries.reserveCapacity(tree.entryCount(of: node))
    var unreadable: Set<String> = []
    for index in 0..<tree.entryCount(of: node) {
      let entry = tree.entry(of: node, at: index)
      guard let name: Name = decoder.scalar(entry.key, named: key) else {
        unreadable.insert(tree.text(of: entry.key))
        continue
      }
      let keySpan = tree.span(of: entry.key)
      let valueSpan = tree.span(of: entry.value)
      let setting =
        if let value = Value.decode(entry.value, named: entry.key, with: decoder) {
          Setting(value, at: valueSpan, key: keySpan, .written)
        } else {
          Setting(Value.placeholder, at: valueSpan, key: keySpan, .invalid)
        }
      entries.append(NamedEntry(name: Setting(name, at: keySpan, .written), setting: setting))
    }
    return NamedEntries(entries, unreadable: unreadable, isComplete: !tree.isIncomplete(node))
  }

  /// What may be written.
  public static var shape: ValueShape {
    .map(
      keys: ScalarShape(expectation: Name.expectation, samples: Name.samples, schema: Name.schema),
      values: Value.shape)
  }
  /// Stands in for a value that could not be read.
  public static var placeholder: NamedEntries { NamedEntries(isComplete: false) }
  static var empty: NamedEntries { NamedEntries() }
}

/// Any YAML value, for settings whose keys belong to the engine.
public indirect enum FreeValue: SpecValue {
  case null
  case boolean(Bool)
  case integer(Int)
  /// A number that is not an integer, in the digits of the file.
  case number(String)
  case text(String)
  case list([Setting<FreeValue>])
  case map([(key: String, value: Setting<FreeValue>)])

  /// Reads the value from a node; mistakes go to the decoder.
  public static func decode(_ node: YAMLNode, named key: YAMLNode?, with decoder: SpecDecoder) -> FreeValue? {
    let tree = decoder.tree
    switch tree.kind(of: node) {
    case .scalar: return scalar(node, tree)
    case .sequence:
      return .list(
        (0..<tree.elementCount(of: node)).compactMap { index in
          let child = tree.element(of: node, at: index)
          return decode(child, named: nil, with: decoder).map { Setting($0, at: tree.span(of: child), .written) }
        })
    case .mapping:
      return .map(
        (0..<tree.entryCount(of: node)).compactMap { index in
          let entry = tree.entry(of: node, at: index)
          return decode(entry.value, named: entry.key, with: decoder).map { value in
            let setting = Setting(
              value, at: tree.span(of: entry.value), key: tree.span(of: entry.key), .written)
            return (tree.text(of: entry.key), setting)
          }
        })
    }
  }

  /// By the core schema of YAML 1.2.
  private static func scalar(_ node: YAMLNode, _ tree: YAMLTree) -> FreeValue {
    let text = tree.text(of: node)
    guard tree.style(of: node) == .plain else { return .text(text) }
    if tree.isNull(node) { return .null }
    switch text {
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    default: break
    }
    if let number = Int(text) { return .integer(number) }
    if text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), Double(text) != nil { return .number(text) }
    return .text(text)
  }

  /// What may be written.
  public static var shape: ValueShape { .free }
  /// Stands in for a value that could not be read.
  public static var placeholder: FreeValue { .null }
}
