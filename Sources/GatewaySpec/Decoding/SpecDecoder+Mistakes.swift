import SourceDiagnostics
import YAMLSyntax

/// A key that its section does not declare, and what was probably meant.
struct UnknownKey {
  let entry: YAMLEntry
  let key: String
  /// The declared key of this section for which the entry is taken.
  let meant: String?
  let shape: SectionShape
}

extension SpecDecoder {
  // MARK: Keys

  /// The entries of a section whose key it does not declare, each with the declared key that it resembles and that is
  /// not written.
  func unknownKeys(in section: YAMLNode, shape: SectionShape) -> [UnknownKey] {
    let entries = (0..<tree.entryCount(of: section)).map { tree.entry(of: section, at: $0) }
    let written = Set(entries.map { tree.text(of: $0.key) })
    var free = shape.fields.map(\.key).filter { !written.contains($0) }
    var seen: Set<String> = []
    return entries.compactMap { entry in
      let key = tree.text(of: entry.key)
      guard shape[key] == nil, seen.insert(key).inserted else { return nil }
      let meant = NameSuggestion.nearest(to: key, among: free.filter { mayHold(entry.value, shape[$0]) })
      free.removeAll { $0 == meant }
      return UnknownKey(entry: entry, key: key, meant: meant, shape: shape)
    }
  }

  /// Whether a value is of the kind that a key takes: a stranger with another kind of value was not meant as that key.
  private func mayHold(_ value: YAMLNode, _ field: FieldShape?) -> Bool {
    switch (field?.shape, tree.kind(of: value)) {
    case (.scalar, .scalar), (.list, .sequence), (.section, .mapping), (.map, .mapping), (.free, _): true
    default: tree.kind(of: value) == .scalar && tree.isNull(value)
    }
  }

  func report(_ unknown: UnknownKey, named section: YAMLNode?) {
    let span = tree.span(of: unknown.entry.key)
    let place = section.map { "`\(tree.text(of: $0))`" } ?? "a gateway spec"
    var help: [String] = []
    var fixIts: [FixIt] = []
    if let meant = unknown.meant {
      help.append("a key with a similar name exists: `\(meant)`")
      fixIts.append(FixIt("write `\(meant)`", .unsafe, replace: span, with: meant))
    } else if let written = NameSuggestion.nearest(
      to: unknown.key, among: unknown.shape.fields.filter { mayHold(unknown.entry.value, $0) }.map(\.key))
    {
      // It stands here already, perhaps in the part of the spec that an environment overlays.
      help.append("a key with a similar name exists: `\(written)`")
    } else if let elsewhere = keyOneLevelAway(unknown.key, from: unknown.shape) {
      help.append(elsewhere)
    }
    let known = unknown.shape.fields.map { "`\($0.key)`" }
    let notes = known.isEmpty ? [] : ["the keys of \(place) are \(known.joined(separator: ", "))"]
    report(
      Diagnostic(
        ShapeMistakes.unknownKey, "\(place) has no key `\(unknown.key)`", at: span, label: "not a key of \(place)",
        notes: unknown.meant == nil ? notes : [], help: help, fixIts: fixIts))
  }

  /// Where a key of that name stands one level down or up.
  private func keyOneLevelAway(_ key: String, from shape: SectionShape) -> String? {
    let below = shape.fields.flatMap { field in
      (field.shape.section?.fields ?? []).map { (parent: field.key, key: $0.key) }
    }
    if let place = below.first(where: { $0.key == key }) {
      return "`\(key)` is a key of `\(place.parent)`, one level down"
    }
    let above = outer.map { SectionShape($0).fields.map(\.key) } ?? []
    if above.contains(key) { return "`\(key)` is a key of the section around this one, one level up" }
    if let near = NameSuggestion.nearest(to: key, among: below.map(\.key)),
      let place = below.first(where: { $0.key == near })
    {
      return "a key with a similar name stands one level down: `\(near)` under `\(place.parent)`"
    }
    if let near = NameSuggestion.nearest(to: key, among: above) {
      return "a key with a similar name stands one level up: `\(near)`"
    }
    return nil
  }

  func reportMissing<Value: SpecValue>(
    _ key: StaticString, as type: Value.Type, in section: YAMLNode, at span: SourceSpan, named sectionKey: YAMLNode?
  ) {
    let place = sectionKey.map { "`\(tree.text(of: $0))`" } ?? (section == tree.root ? "the spec" : "this entry")
    var help = "add `\(key):`"
    if case .scalar(let scalar) = Value.shape {
      help = "add `\(key):` with \(scalar.expectation)"
      if let sample = scalar.samples.first { help += ", such as `\(key): \(sample)`" }
    }
    // The whole file would be underlined otherwise.
    let point = section == tree.root ? span.startPoint : span
    report(
      Diagnostic(
        ShapeMistakes.missingKey, "\(place) lacks the key `\(key)`", at: point, label: "`\(key)` is missing here",
        help: [help]))
  }

  func reportExclusive(_ keys: [String], at spans: [SourceSpan], reason: String) {
    let names = keys.map { "`\($0)`" }.joined(separator: " and ")
    report(
      Diagnostic(
        ShapeMistakes.exclusiveKeys, "\(names) exclude each other", at: spans[0],
        label: "this", related: spans.dropFirst().map { Diagnostic.Label($0, "and this") }, notes: [reason],
        help: ["keep one of them"]))
  }

  func reportNoneOf(_ keys: [String], at span: SourceSpan, reason: String) {
    let names = keys.map { "`\($0)`" }.joined(separator: ", ")
    report(
      Diagnostic(
        ShapeMistakes.exclusiveKeys, "one of \(names) is needed here", at: span, notes: [reason],
        help: ["add one of them"]))
  }

  // MARK: Values

  func reportWrongKind(of node: YAMLNode, named key: YAMLNode?, expected: String, shape: ValueShape) {
    // A syntax error cut it off or turned it into something else, and has been reported.
    if tree.isIncomplete(node) { return }
    if tree.isNull(node) {
      reportEmpty(node, named: key, expected: expected, samples: [])
      return
    }
    let found =
      switch tree.kind(of: node) {
      case .scalar: "the text `\(CredentialShape.redacted(tree.text(of: node)).prefix(40))`"
      case .sequence: "a list"
      case .mapping: "a mapping"
      }
    let place = key.map { "`\(tree.text(of: $0))`" } ?? "this place"
    var help: [String] = []
    var replacement: String?
    switch (shape, tree.kind(of: node)) {
    case (.section(let section), .scalar) where section.fields.map(\.key) == ["secret"]: help = [Self.secretHelp]
    case (.section(let section), _) where !section.fields.isEmpty:
      help = ["its keys are " + section.fields.map { "`\($0.key)`" }.joined(separator: ", ")]
    case (.list(.scalar), .scalar) where tree.style(of: node) == .plain && !tree.text(of: node).contains("\n"):
      replacement = "[\(tree.text(of: node))]"
      help = ["write `\(CredentialShape.redacted("[\(tree.text(of: node).prefix(40))]"))`"]
    case (.list, .scalar): help = ["write a list, such as `[\(tree.text(of: node).prefix(40))]`"]
    case (.scalar(let scalar), .sequence) where tree.elementCount(of: node) == 1:
      let element = tree.element(of: node, at: 0)
      if tree.kind(of: element) == .scalar, tree.style(of: element) == .plain { replacement = tree.text(of: element) }
      help = ["write the value alone" + (scalar.samples.first.map { ", such as `\($0)`" } ?? "")]
    default: break
    }
    report(
      Diagnostic(
        ShapeMistakes.wrongType, "\(place) wants \(expected), not \(found)", at: tree.span(of: node),
        label: "expected \(expected)", help: help,
        fixIts: replacement.flatMap { text in
          CredentialShape.kind(of: text) == nil
            ? [FixIt("write `\(text)`", .unsafe, replace: tree.span(of: node), with: text)] : nil
        } ?? []))
  }

  private static let secretHelp =
    "no secret stands in the spec: declare it under `secrets.entries` and write `{ secret: NAME }`"

  /// An empty value has no extent, so the key is underlined.
  func reportEmpty(_ node: YAMLNode, named key: YAMLNode?, expected: String, samples: [String]) {
    let place = key.map { "`\(tree.text(of: $0))`" } ?? "this entry"
    let span = tree.span(of: node).length > 0 ? tree.span(of: node) : tree.span(of: key ?? node)
    let sample = samples.first.map { ", such as `\($0)`" } ?? ""
    report(
      Diagnostic(
        ShapeMistakes.wrongType, "\(place) has no value", at: span, label: "expected \(expected)",
        help: ["write \(expected)\(sample), or remove the key"]))
  }

  func report<Value: SpecScalar>(_ mistake: ScalarMistake, of type: Value.Type, text: String, at node: YAMLNode) {
    let rule =
      if type == APIVersion.self {
        ShapeMistakes.unsupportedAPIVersion
      } else if Value.schema.allowed != nil {
        ShapeMistakes.valueNotAllowed
      } else {
        ShapeMistakes.invalidValue
      }
    let span = tree.span(of: node)
    var narrowed = span
    // The offsets count in the cooked text; they are places in the file only where the two are the same.
    if let range = mistake.range, tree.style(of: node) == .plain, span.length == text.utf8.count {
      narrowed = SourceSpan(file: span.file, start: span.start + range.lowerBound, end: span.start + range.upperBound)
    }
    let isCredential = CredentialShape.kind(of: text) != nil
    var fixIts: [FixIt] = []
    // A fix would repeat what must not be shown.
    if let replacement = mistake.replacement, !isCredential {
      fixIts.append(
        FixIt("write `\(replacement)`", mistake.isSafe ? .safe : .unsafe, replace: span, with: replacement))
    }
    report(
      Diagnostic(
        rule, mistake.headline, at: narrowed,
        help: isCredential ? [Self.secretHelp] : mistake.help.map { [$0] } ?? [], fixIts: fixIts,
        // User info of a URL is a password more often than not.
        concealed: ScalarMistake.userInfo(of: text) == nil ? [] : [span]))
  }

  func reportOutOfRange(_ value: Int, key: String, range: ClosedRange<Int>, at span: SourceSpan) {
    let wanted =
      range.upperBound == .max ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    let nearest = min(max(value, range.lowerBound), range.upperBound)
    report(
      Diagnostic(
        ShapeMistakes.outOfRange, "`\(key)` is \(value), which is out of range", at: span,
        label: "must be \(wanted)", help: ["write a number \(wanted)"],
        fixIts: [FixIt("write `\(nearest)`", .unsafe, replace: span, with: "\(nearest)")]))
  }

  func reportAmbiguous(_ node: YAMLNode, _ text: String, reading: String) {
    report(
      Diagnostic(
        ShapeMistakes.ambiguousScalar, "a YAML 1.1 reader takes `\(text)` as \(reading)", at: tree.span(of: node),
        label: "plain scalar", help: ["put it between quotes"],
        fixIts: [FixIt("write `\"\(text)\"`", .safe, replace: tree.span(of: node), with: "\"\(text)\"")]))
  }
}
