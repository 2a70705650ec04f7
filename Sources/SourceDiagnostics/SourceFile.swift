/// The name and the bytes of one file, as they were read. The bytes need not be valid UTF-8.
public final class SourceFile: Sendable {
  /// The id under which its ``SourceMap`` knows it.
  public let id: SourceFileID
  /// The name that people see: the path as it was given, or `<stdin>`.
  public let name: String
  /// The whole content.
  public let bytes: [UInt8]

  init(id: SourceFileID, name: String, bytes: [UInt8]) {
    self.id = id
    self.name = name
    self.bytes = bytes
  }

  /// The whole file as a span.
  public var span: SourceSpan { SourceSpan(file: id, start: 0, end: bytes.count) }

  /// The text of a span, with broken UTF-8 replaced by U+FFFD. A span that reaches past the end is cut off there.
  public func text(of span: SourceSpan) -> String {
    String(decoding: bytes[span.range.clamped(to: bytes.indices)], as: UTF8.self)
  }
}

/// All files of one run, by id.
public struct SourceMap: Sendable {
  /// The files in the order in which they were added; a file's id is its index here.
  public private(set) var files: [SourceFile] = []
  private var idsByName: [String: [SourceFileID]] = [:]

  /// Makes an empty map.
  public init() {}

  /// Adds a file and gives it the next id. One that is there with the same name and content keeps its id: two specs may
  /// share a policy file, and what is wrong with it is told once.
  @discardableResult
  public mutating func add(name: String, bytes: [UInt8]) -> SourceFile {
    for id in idsByName[name] ?? [] {
      if let known = self[id], known.bytes == bytes { return known }
    }
    let file = SourceFile(id: SourceFileID(rawValue: UInt32(files.count)), name: name, bytes: bytes)
    files.append(file)
    idsByName[name, default: []].append(file.id)
    return file
  }

  /// Adds a file whose content is at hand as text.
  @discardableResult
  public mutating func add(name: String, text: String) -> SourceFile {
    add(name: name, bytes: Array(text.utf8))
  }

  /// The same files with an asterisk for each byte of these places. Offsets stay what they are.
  func concealing(_ spans: [SourceSpan]) -> SourceMap {
    var copy = self
    for (id, places) in Dictionary(grouping: spans, by: \.file) {
      guard let file = self[id] else { continue }
      var bytes = file.bytes
      for place in places {
        for offset in place.range.clamped(to: bytes.indices) where bytes[offset] != UInt8(ascii: "\n") {
          bytes[offset] = UInt8(ascii: "*")
        }
      }
      copy.files[Int(id.rawValue)] = SourceFile(id: id, name: file.name, bytes: bytes)
    }
    return copy
  }

  /// The same files with asterisks over what has the shape of a credential, in the files that these findings point into,
  /// and over what they name as concealed.
  func concealingCredentials(for diagnostics: [Diagnostic]) -> SourceMap {
    var shown: Set<SourceFileID> = []
    for diagnostic in diagnostics {
      shown.insert(diagnostic.primary.span.file)
      for label in diagnostic.related { shown.insert(label.span.file) }
    }
    var spans = diagnostics.flatMap(\.concealed)
    for id in shown {
      for place in CredentialShape.places(in: self[id]?.bytes ?? []) {
        spans.append(SourceSpan(file: id, start: place.lowerBound, end: place.upperBound))
      }
    }
    return spans.isEmpty ? self : concealing(spans)
  }

  /// The file with this id, or `nil` if the id is from another map.
  public subscript(id: SourceFileID) -> SourceFile? {
    Int(id.rawValue) < files.count ? files[Int(id.rawValue)] : nil
  }
}
