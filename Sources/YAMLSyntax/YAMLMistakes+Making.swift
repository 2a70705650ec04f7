import SourceDiagnostics

extension YAMLMistakes {
  static let templateWording = (
    headline: "`{{` begins two mappings, not a template", label: "needs quotes",
    help: ["put the whole value in quotes", "Sluice knows no templates; what differs goes under `environments`"]
  )

  static func unquotedTemplate(at span: SourceSpan) -> Diagnostic {
    let (headline, label, help) = templateWording
    return Diagnostic(syntaxError, headline, at: span, label: label, help: help)
  }

  static func duplicateKey(
    _ key: String, at span: SourceSpan, first: SourceSpan, deletion: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      duplicateKey, "key `\(shortened(key))` is written twice", at: span, label: "written again",
      related: [Diagnostic.Label(first, "first written here; this one counts")], help: ["remove one of the two"],
      fixIts: deletion.map { [FixIt("remove the second `\(shortened(key))`", .unsafe, replace: $0, with: "")] } ?? [])
  }

  /// A file with more leading tabs than this is mended in an editor.
  private static let maximumTabEdits = 10_000

  static func tab(at offset: Int, in source: UnsafeBufferPointer<UInt8>, file: SourceFileID) -> Diagnostic {
    var end = offset
    while end < source.count, source[end] == UInt8(ascii: "\t") { end += 1 }
    let edits = leadingTabs(of: source).map { TextEdit(SourceSpan(file: file, start: $0, end: $0 + 1), "  ") }
    let isIndentation = source[source.lineStart(offset)..<offset].allSatisfy(\.isBlank)
    return Diagnostic(
      tabIndentation, isIndentation ? "this line is indented with a tab" : "a tab stands where YAML wants a space",
      at: SourceSpan(file: file, start: offset, end: end), label: "tab", help: ["indent with spaces, two a level"],
      fixIts: isIndentation && edits.count <= maximumTabEdits
        ? [FixIt("write two spaces for each leading tab", .unsafe, edits: edits)] : [])
  }

  /// The tabs before the text of each line.
  private static func leadingTabs(of source: UnsafeBufferPointer<UInt8>) -> [Int] {
    var tabs: [Int] = []
    var line = 0
    while line < source.count {
      var offset = line
      while offset < source.count, source[offset].isBlank {
        if source[offset] == UInt8(ascii: "\t") { tabs.append(offset) }
        offset += 1
      }
      line = source.nextLine(offset)
    }
    return tabs
  }

  static func recursiveAlias(_ name: String, at span: SourceSpan, target: SourceSpan) -> Diagnostic {
    Diagnostic(
      aliasExpansion, "`*\(name)` stands within the value it stands for", at: span, label: "without end",
      related: [Diagnostic.Label(target, "`&\(name)` names this value")], help: ["write out what is meant here"])
  }

  static func aliasExplosion(_ name: String, at span: SourceSpan, target: SourceSpan, limit: Int) -> Diagnostic {
    Diagnostic(
      aliasExpansion, "with `*\(name)` the aliases stand for more than \(limit) values", at: span,
      label: "one too many",
      related: [Diagnostic.Label(target, "`&\(name)` names this value")],
      help: ["write out what is meant, without aliases of values that hold aliases"])
  }

  static func tooDeep(at span: SourceSpan, limit: Int) -> Diagnostic {
    Diagnostic(
      nestingTooDeep, "collections are nested deeper than \(limit) levels", at: span, label: "one level too many",
      help: ["flatten this section"])
  }

  static func tooLarge(at span: SourceSpan, size: Int, _ limits: YAMLLimits) -> Diagnostic {
    Diagnostic(
      fileTooLarge, "the file has \(size) bytes; the limit is \(limits.maximumBytes)", at: span,
      help: ["check that this is the file you meant; split a gateway of this size"])
  }

  static func tooManyNodes(at span: SourceSpan, _ limits: YAMLLimits) -> Diagnostic {
    Diagnostic(
      fileTooLarge, "the file has more than \(limits.maximumNodes) keys and values", at: span,
      help: ["check that this is the file you meant; split a gateway of this size"])
  }

  static func secondDocument(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      severalDocuments, "a second YAML document begins here", at: span, label: "this and what follows is not read",
      help: ["put each gateway into a file of its own, and environments under `environments`"])
  }

  static func otherEncoding(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      notUTF8, "the file is \(name), not UTF-8", at: span, help: ["save it as UTF-8 without a byte order mark"])
  }

  static func badCharacters(
    _ check: EncodingCheck, first: (range: Range<Int>, reason: EncodingCheck.Reason), in file: SourceFile
  ) -> Diagnostic {
    func span(_ range: Range<Int>) -> SourceSpan {
      SourceSpan(file: file.id, start: range.lowerBound, end: range.upperBound)
    }
    let others = check.places.dropFirst()
    let headline: String
    let help: String
    let isCharacter = check.places.allSatisfy { if case .notAllowed = $0.reason { true } else { false } }
    switch first.reason {
    case .notUTF8:
      headline = "these bytes are not UTF-8"
      help = "save the file as UTF-8"
    case .notAllowed(let value):
      let digits = String(value, radix: 16, uppercase: true)
      let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
      headline = "the character \(name) is not allowed in YAML"
      help = "remove it, or write it as an escape in double quotes"
    }
    let note =
      check.isHopeless
      ? "there are more such places than can be listed; this may not be a text file"
      : "\(others.count) more such \(others.count == 1 ? "place" : "places") in this file"
    return Diagnostic(
      notUTF8, headline, at: span(first.range),
      related: others.prefix(3).map { Diagnostic.Label(span($0.range), "here too") },
      notes: others.isEmpty ? [] : [note], help: [help],
      fixIts: isCharacter && !check.isHopeless
        ? [
          FixIt(
            "remove \(others.isEmpty ? "it" : "them")", .unsafe,
            edits: check.places.map { TextEdit(span($0.range), "") })
        ]
        : [])
  }

  static func unknownTag(_ tag: String, at span: SourceSpan, deletion: SourceSpan) -> Diagnostic {
    Diagnostic(
      unknownTag, "the tag `\(shortened(tag))` means nothing here", at: span, label: "unknown tag",
      notes: ["the value is read as if the tag were not there"],
      help: ["remove the tag, or put the value in quotes if the `!` belongs to it"],
      fixIts: [FixIt("remove the tag", .unsafe, replace: deletion, with: "")])
  }

  static func undefinedAlias(_ name: String, at span: SourceSpan, known: [String]) -> Diagnostic {
    let nearest = NameSuggestion.nearest(to: name, among: known)
    let list = known.prefix(5).map { "`&\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      undefinedAlias, "no anchor `&\(shortened(name))` stands before this alias", at: span, label: "undefined",
      notes: known.isEmpty ? [] : ["anchors before it: \(list)\(known.count > 5 ? ", …" : "")"],
      help: [
        nearest.map { "an anchor with a similar name exists: `&\($0)`" }
          ?? "write `&\(shortened(name))` before the value that is meant, or put a text that begins with `*` in quotes"
      ],
      fixIts: nearest.map { [FixIt("write `*\($0)`", .unsafe, replace: span, with: "*\($0)")] } ?? [])
  }

  static func emptyFile(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      emptyFile, "the file holds no document", at: span,
      help: ["write at least `apiVersion: sluice/v1` and `kind: Gateway`"])
  }

  static func complexKey(_ text: String, at span: SourceSpan, isMapping: Bool) -> Diagnostic {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    return Diagnostic(
      complexKey, "a \(isMapping ? "mapping" : "list") stands where a key must be", at: span, label: "not a name",
      help: ["put it in quotes if it is meant as text"],
      fixIts: isPlain ? [FixIt("put it in quotes", .unsafe, replace: span, with: "\"\(text)\"")] : [])
  }

  static func mergeKey(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      mergeKey, "the merge key `<<` is not supported", at: span, label: "YAML 1.1 alone has it",
      help: [
        "write `key: *anchor` to repeat a whole section, or write the entries out",
        "what differs between environments goes under `environments`, which are merged key by key",
      ])
  }

  private static func shortened(_ text: String) -> String {
    text.count <= 60 ? text : text.prefix(60) + "…"
  }
}
