/// Writes one finding after the other as a SARIF result.
struct SARIFResultWriter {
  private let files: SARIFArtifacts
  private let rules: SARIFRules
  private let limits: SARIFLimits
  private var lines: LineTableCache
  private var lineStarts: [SourceFileID: [Int]] = [:]
  private var fingerprints: FindingFingerprint

  /// The sources should have their credentials concealed.
  init(_ sources: SourceMap, _ files: SARIFArtifacts, _ rules: SARIFRules, _ limits: SARIFLimits) {
    self.files = files
    self.rules = rules
    self.limits = limits
    lines = LineTableCache(sources)
    fingerprints = FindingFingerprint(sources)
  }

  /// The JSON object of a finding.
  mutating func result(of diagnostic: Diagnostic) -> String {
    let fingerprint = fingerprints.next(diagnostic)
    let related = diagnostic.related.prefix(limits.locations - 1).filter { lines.lines(of: $0.span.file) != nil }
    let fixes = diagnostic.fixIts.filter { fix in
      fix.safety > .displayOnly && !fix.edits.isEmpty
        && fix.edits.allSatisfy { lines.lines(of: $0.span.file) != nil }
    }
    var json = JSONWriter()
    json.object { json in
      json.key("ruleId")
      json.string(diagnostic.code.description)
      if let index = rules.indices[diagnostic.code] {
        json.key("ruleIndex")
        json.number(index)
      }
      json.key("level")
      json.string(diagnostic.severity.name)
      json.key("message")
      json.object { Self.write(text: diagnostic.plainText(explainCommand: nil), &$0) }
      json.key("locations")
      json.array { json in
        if lines.lines(of: diagnostic.primary.span.file) == nil { return }
        json.object { write(diagnostic.primary, id: nil, &$0) }
      }
      if !related.isEmpty {
        json.key("relatedLocations")
        json.objects(related.enumerated()) { json, label in write(label.element, id: label.offset + 1, &json) }
      }
      json.key("partialFingerprints")
      json.object { json in
        json.key("primaryLocationLineHash")
        json.string(fingerprint)
      }
      if !fixes.isEmpty {
        json.key("fixes")
        json.objects(fixes) { json, fix in write(fix, &json) }
      }
      json.key("properties")
      json.object { json in
        json.key("slug")
        json.string(diagnostic.slug)
        if let environment = diagnostic.environment {
          json.key("environment")
          json.string(environment)
        }
      }
    }
    return json.text
  }

  private mutating func write(_ label: Diagnostic.Label, id: Int?, _ json: inout JSONWriter) {
    if let id {
      json.key("id")
      json.number(id)
    }
    json.key("physicalLocation")
    json.object { json in
      writeFile(label.span.file, &json)
      json.key("region")
      json.object { writeRegion(label.span, &$0) }
    }
    if !label.text.isEmpty {
      json.key("message")
      json.object { Self.write(text: label.text, &$0) }
    }
  }

  private mutating func write(_ fix: FixIt, _ json: inout JSONWriter) {
    json.key("description")
    json.object { Self.write(text: fix.title, &$0) }
    json.key("artifactChanges")
    var changes: [(file: SourceFileID, edits: [TextEdit])] = []
    for edit in fix.edits {
      if changes.last?.file == edit.span.file {
        changes[changes.count - 1].edits.append(edit)
      } else {
        changes.append((edit.span.file, [edit]))
      }
    }
    json.objects(changes) { json, change in
      writeFile(change.file, &json)
      json.key("replacements")
      json.objects(change.edits) { json, edit in
        json.key("deletedRegion")
        json.object { writeRegion(edit.span, &$0) }
        json.key("insertedContent")
        json.object { Self.write(text: edit.replacement, &$0) }
      }
    }
    json.key("properties")
    json.object { json in
      json.key("safety")
      json.string(fix.safety == .safe ? "safe" : "unsafe")
    }
  }

  private mutating func writeFile(_ id: SourceFileID, _ json: inout JSONWriter) {
    guard let (file, _) = lines.lines(of: id) else { return }
    json.key("artifactLocation")
    json.object { files.writeLocation(of: file, &$0) }
  }

  /// A region both as lines and columns and as offsets. An empty one is a point.
  private mutating func writeRegion(_ span: SourceSpan, _ json: inout JSONWriter) {
    guard let (file, table) = lines.lines(of: span.file) else { return }
    if lineStarts[span.file] == nil { lineStarts[span.file] = table.utf16LineStarts() }
    let starts = lineStarts[span.file] ?? []
    let range = span.range.clamped(to: 0..<file.bytes.count)
    let (first, last) = (table.line(at: range.lowerBound), table.line(at: range.upperBound))
    let (firstColumn, lastColumn) = (
      table.utf16Column(at: range.lowerBound), table.utf16Column(at: range.upperBound)
    )
    let charOffset = starts[first - 1] + firstColumn - 1
    for (key, value) in [
      ("startLine", first), ("startColumn", firstColumn), ("endLine", last), ("endColumn", lastColumn),
      ("charOffset", charOffset), ("charLength", starts[last - 1] + lastColumn - 1 - charOffset),
      ("byteOffset", range.lowerBound), ("byteLength", range.count),
    ] {
      json.key(key)
      json.number(value)
    }
  }

  private static func write(text: String, _ json: inout JSONWriter) {
    json.key("text")
    json.string(text)
  }
}
