public import SourceDiagnostics

/// A YAML node to be written: a tree that keeps the order of its entries and knows the places it came from.
///
/// Code that builds a manifest reads like the manifest, because literals are values. An entry or element that is `nil`
/// is left out, so an optional field needs no `if`; YAML's own null is ``null``.
/// ```swift
/// let account: YAMLValue = [
///   "apiVersion": "v1",
///   "kind": "ServiceAccount",
///   "metadata": ["name": .string(name).from(nameSpan), "annotations": annotations],
///   "automountServiceAccountToken": false,
///   "imagePullSecrets": pullSecret.map { [["name": .string($0)]] },
/// ]
/// ```
public struct YAMLValue: Hashable, Sendable {
  /// What a value is.
  public enum Content: Hashable, Sendable {
    /// Text. It is quoted wherever a YAML 1.1 or 1.2 reader could take it for something else.
    case string(String)
    /// A whole number.
    case integer(Int)
    /// `true` or `false`.
    case boolean(Bool)
    /// `null`.
    case null
    /// A number written exactly as given, such as `0.50`. Text that cannot be a number is written as a string.
    case number(String)
    /// Elements in order.
    case sequence([YAMLValue])
    /// Entries in order. Nobody checks that keys differ; that is up to who builds the tree.
    case mapping([Entry])
  }

  /// A key and its value.
  public struct Entry: Hashable, Sendable {
    /// The key; it is quoted by the same rule as a string.
    public var key: String
    /// The value. Its origin and its comment are those of the entry.
    public var value: YAMLValue

    /// Pairs a key with a value.
    public init(_ key: String, _ value: YAMLValue) {
      self.key = key
      self.value = value
    }
  }

  /// What it is.
  public var content: Content
  /// The place in the spec that it came from; `nil` means the place of the value it lies in.
  public var origin: SourceSpan?
  /// Written as `# …` lines above the entry, element or document, with its line breaks as given.
  public var comment: String?

  /// Makes a value.
  public init(_ content: Content, from origin: SourceSpan? = nil, comment: String? = nil) {
    self.content = content
    self.origin = origin
    self.comment = comment
  }

  /// The same value with this origin.
  public func from(_ origin: SourceSpan?) -> YAMLValue {
    YAMLValue(content, from: origin, comment: comment)
  }

  /// The same value with this comment.
  public func commented(_ comment: String?) -> YAMLValue {
    YAMLValue(content, from: origin, comment: comment)
  }

  /// The value of the first entry with this key. Setting it replaces that value where it stands or appends an entry;
  /// setting `nil` removes it. On anything but a mapping it reads as `nil`, and setting does nothing.
  public subscript(key: String) -> YAMLValue? {
    get {
      guard case .mapping(let entries) = content else { return nil }
      return entries.first { $0.key == key }?.value
    }
    set {
      guard case .mapping(var entries) = content else { return }
      let index = entries.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): entries[index].value = value
      case (let index?, nil): entries.remove(at: index)
      case (nil, let value?): entries.append(Entry(key, value))
      case (nil, nil): return
      }
      content = .mapping(entries)
    }
  }
}

extension YAMLValue {
  /// YAML's null.
  public static let null = YAMLValue(.null)

  /// Text.
  public static func string(_ text: String) -> YAMLValue { YAMLValue(.string(text)) }

  /// A whole number.
  public static func integer(_ number: Int) -> YAMLValue { YAMLValue(.integer(number)) }

  /// `true` or `false`.
  public static func boolean(_ flag: Bool) -> YAMLValue { YAMLValue(.boolean(flag)) }

  /// A number written exactly as given.
  public static func number(_ text: String) -> YAMLValue { YAMLValue(.number(text)) }

  /// Elements in order.
  public static func sequence(_ elements: [YAMLValue]) -> YAMLValue { YAMLValue(.sequence(elements)) }

  /// A sequence of texts.
  public static func strings(_ texts: some Sequence<String>) -> YAMLValue { .sequence(texts.map(YAMLValue.string)) }

  /// Entries in order.
  public static func mapping(_ entries: [Entry]) -> YAMLValue { YAMLValue(.mapping(entries)) }
}

extension YAMLValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  /// Text.
  public init(stringLiteral text: String) { self.init(.string(text)) }

  /// A whole number.
  public init(integerLiteral number: Int) { self.init(.integer(number)) }

  /// `true` or `false`.
  public init(booleanLiteral flag: Bool) { self.init(.boolean(flag)) }
}

extension YAMLValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  /// A sequence of the elements that are not `nil`.
  public init(arrayLiteral elements: YAMLValue?...) {
    self.init(.sequence(elements.compactMap(\.self)))
  }

  /// A mapping of the entries whose value is not `nil`, in the order in which they are written.
  public init(dictionaryLiteral entries: (String, YAMLValue?)...) {
    self.init(.mapping(entries.compactMap { key, value in value.map { Entry(key, $0) } }))
  }
}
