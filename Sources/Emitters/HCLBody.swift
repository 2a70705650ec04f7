public import SourceDiagnostics

/// The content of an HCL 2 file or block to be written, such as a Terraform configuration.
///
/// An item that is `nil` is left out:
/// ```swift
/// let file: HCLBody = [
///   .block("resource", "vault_mount", "kv", body: [
///     .attribute("path", .string(mount)).from(span),
///     .attribute("type", "kv"),
///     description.map { .attribute("description", .string($0)) },
///   ])
/// ]
/// ```
public struct HCLBody: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// The attributes and blocks in order.
  public var items: [HCLItem]

  /// Makes a body.
  public init(_ items: [HCLItem]) {
    self.items = items
  }

  /// A body of the items that are not `nil`.
  public init(arrayLiteral items: HCLItem?...) {
    self.init(items.compactMap(\.self))
  }
}

/// An attribute or a block.
public struct HCLItem: Hashable, Sendable {
  /// What an item is.
  public enum Content: Hashable, Sendable {
    /// `name = value`. The name must be an identifier.
    case attribute(String, HCLValue)
    /// `type "label" { … }`. The type must be an identifier.
    case block(String, labels: [String], HCLBody)
  }

  /// What it is.
  public var content: Content
  /// The place in the spec that it came from; `nil` means the place of the block it lies in.
  public var origin: SourceSpan?
  /// Written as `# …` lines above it, with its line breaks as given.
  public var comment: String?

  /// Makes an item.
  public init(_ content: Content, from origin: SourceSpan? = nil, comment: String? = nil) {
    self.content = content
    self.origin = origin
    self.comment = comment
  }

  /// `name = value`
  public static func attribute(_ name: String, _ value: HCLValue) -> HCLItem {
    HCLItem(.attribute(name, value))
  }

  /// `type "label" { … }`
  public static func block(_ type: String, _ labels: String..., body: HCLBody) -> HCLItem {
    HCLItem(.block(type, labels: labels, body))
  }

  /// The same item with this origin.
  public func from(_ origin: SourceSpan?) -> HCLItem {
    HCLItem(content, from: origin, comment: comment)
  }

  /// The same item with this comment.
  public func commented(_ comment: String?) -> HCLItem {
    HCLItem(content, from: origin, comment: comment)
  }
}

/// The value of an attribute. Literals are values; elements and entries that are `nil` are left out.
public enum HCLValue: Hashable, Sendable {
  /// Literal text; `${` and `%{` in it are escaped. Text of several lines becomes a heredoc where it can.
  case string(String)
  /// A whole number.
  case integer(Int)
  /// `true` or `false`.
  case boolean(Bool)
  /// `null`.
  case null
  /// An expression written exactly as given, such as `vault_mount.kv.path`.
  case expression(String)
  /// Elements in order.
  case list([HCLValue])
  /// Entries in order.
  case object([Entry])

  /// A key and its value. A key that is no identifier is quoted.
  public struct Entry: Hashable, Sendable {
    /// The key.
    public var key: String
    /// The value.
    public var value: HCLValue

    /// Pairs a key with a value.
    public init(_ key: String, _ value: HCLValue) {
      self.key = key
      self.value = value
    }
  }
}

extension HCLValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  /// Literal text.
  public init(stringLiteral text: String) { self = .string(text) }

  /// A whole number.
  public init(integerLiteral number: Int) { self = .integer(number) }

  /// `true` or `false`.
  public init(booleanLiteral flag: Bool) { self = .boolean(flag) }
}

extension HCLValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  /// A list of the elements that are not `nil`.
  public init(arrayLiteral elements: HCLValue?...) {
    self = .list(elements.compactMap(\.self))
  }

  /// An object of the entries whose value is not `nil`, in the order in which they are written.
  public init(dictionaryLiteral entries: (String, HCLValue?)...) {
    self = .object(entries.compactMap { key, value in value.map { Entry(key, $0) } })
  }
}
