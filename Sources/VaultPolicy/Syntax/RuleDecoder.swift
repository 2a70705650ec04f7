import SourceDiagnostics

/// Collects the attributes of one `path` block.
struct RuleDecoder {
  private(set) var rule: PolicyRule
  private var words: [(text: String, span: SourceSpan)] = []
  private var legacyWord: (text: String, span: SourceSpan)?
  private var attributes: [String: RuleSpans.Attribute] = [:]
  private var minWrapping: HCLValue?
  private var maxWrapping: HCLValue?
  private var controlGroup: HCLValue?

  init(pattern: PathPattern) {
    rule = PolicyRule(pattern, [])
  }

  static func knownKeys(_ profile: VersionProfile) -> [String] {
    let openBao = ["expiration", "pagination_limit", "list_scan_response_keys_filter_path"]
    return [
      "capabilities", "policy", "allowed_parameters", "denied_parameters", "required_parameters", "min_wrapping_ttl",
      "max_wrapping_ttl", "mfa_methods", "control_group", "subscribe_event_types", "comment",
    ] + (profile.isOpenBao ? openBao : [])
  }

  static func isKnown(_ key: String, _ profile: VersionProfile) -> Bool { knownKeys(profile).contains(key) }

  /// Takes one attribute. Lists that are given twice are joined, of other values the last holds.
  mutating func decode(_ key: HCLToken, _ value: HCLValue, _ decoder: inout PolicyDecoder) {
    attributes[key.value] = .init(key: decoder.span(key.range), value: decoder.span(value.range))
    switch key.value {
    case "capabilities": words += decoder.strings(value, of: key.value)
    case "policy":
      if let text = decoder.string(value) {
        legacyWord = (text, decoder.span(value.range))
      } else {
        decoder.reportType(value, of: key.value, expected: "a string")
      }
    case "allowed_parameters":
      rule.allowedParameters = parameters(value, of: key.value, joining: rule.allowedParameters, &decoder)
    case "denied_parameters":
      rule.deniedParameters = parameters(value, of: key.value, joining: rule.deniedParameters, &decoder)
    case "required_parameters": rule.requiredParameters += decoder.strings(value, of: key.value).map(\.text)
    case "mfa_methods": rule.mfaMethods += decoder.strings(value, of: key.value).map(\.text)
    case "subscribe_event_types": rule.subscribeEventTypes += decoder.strings(value, of: key.value).map(\.text)
    case "min_wrapping_ttl": minWrapping = value
    case "max_wrapping_ttl": maxWrapping = value
    case "control_group":
      if case .object = value {
        controlGroup = value
      } else {
        decoder.reportType(value, of: key.value, expected: "a block with braces")
      }
    case "comment":
      rule.comment = decoder.string(value)
      if rule.comment == nil { decoder.reportType(value, of: key.value, expected: "a string") }
    default: break
    }
  }

  /// Checks what can only be checked when the whole block is known.
  mutating func finish(range: SourceSpan, pattern: SourceSpan, _ decoder: inout PolicyDecoder) -> PolicyRule {
    var places: [Capability: SourceSpan] = [:]
    let isDenied = decodeCapabilities(&places, &decoder)
    // Vault stops reading a rule at `deny`, so that its limits are not looked at.
    if !isDenied {
      rule.minWrappingTTL = minWrapping.flatMap { duration($0, of: "min_wrapping_ttl", &decoder) }
      rule.maxWrappingTTL = maxWrapping.flatMap { duration($0, of: "max_wrapping_ttl", &decoder) }
      checkWrappingRange(&decoder)
      if case .object(let object) = controlGroup {
        rule.controlGroup = ControlGroupDecoder.decode(object, granted: rule.effectiveCapabilities, &decoder)
      }
    }
    rule.spans = RuleSpans(rule: range, pattern: pattern, capabilities: places, attributes: attributes)
    return rule
  }

  /// Whether the rule denies. Words behind `deny` are not looked at, nor is any beside the old `policy = "deny"`.
  private mutating func decodeCapabilities(
    _ places: inout [Capability: SourceSpan], _ decoder: inout PolicyDecoder
  ) -> Bool {
    if let (text, span) = legacyWord, !text.isEmpty {
      rule.legacyPolicy = LegacyPolicy(rawValue: text)
      if rule.legacyPolicy == nil {
        let meant = LegacyPolicy(rawValue: PolicyName.normalized(text))?.rawValue
        decoder.report(
          Diagnostic(
            PolicyMistakes.unknownLegacyPolicy, "`\(text)` is not a value of `policy`", at: span,
            help: ["write `capabilities = […]` instead; `policy` knows `deny`, `read`, `write` and `sudo`"],
            fixIts: meant.map { [FixIt("write `\($0)`", .safe, replace: span, with: HCLString.quoted($0))] } ?? []))
      }
    }
    for (text, span) in words {
      guard let capability = Capability(rawValue: text), capability != .scan || decoder.profile.isOpenBao else {
        if rule.legacyPolicy != .deny { decoder.report(Self.unknownCapability(text, at: span)) }
        continue
      }
      rule.capabilities.insert(CapabilitySet([capability]))
      if places[capability] == nil { places[capability] = span }
      if capability == .deny { return true }
    }
    return rule.legacyPolicy == .deny
  }

  private static func unknownCapability(_ word: String, at span: SourceSpan) -> Diagnostic {
    var diagnostic = PolicyMistakes.unknownCapability(word, at: span)
    if let meant = Capability(rawValue: PolicyName.normalized(word)), meant != .scan {
      diagnostic.fixIts = [FixIt("write `\(meant.name)`", .safe, replace: span, with: HCLString.quoted(meant.name))]
    }
    return diagnostic
  }

  private func duration(_ value: HCLValue, of key: String, _ decoder: inout PolicyDecoder) -> Duration? {
    if let duration = decoder.duration(value) { return duration }
    let shown = decoder.string(value).map { "`\($0)`" } ?? value.name
    let tidy = decoder.string(value).map { String($0.lowercased().filter { !$0.isWhitespace }) }
    let meant = tidy.flatMap { VaultDuration.parse($0) == nil ? nil : $0 }
    decoder.report(
      Diagnostic(
        PolicyMistakes.duration, "`\(key)` is \(shown), which is no duration", at: decoder.span(value.range),
        help: ["write seconds, or a text such as `90s`, `15m` or `1h`"],
        fixIts: meant.map {
          [FixIt("write `\($0)`", .unsafe, replace: decoder.span(value.range), with: HCLString.quoted($0))]
        } ?? []))
    return nil
  }

  private func checkWrappingRange(_ decoder: inout PolicyDecoder) {
    guard let minimum = rule.minWrappingTTL, let maximum = rule.maxWrappingTTL, minimum != .zero, maximum != .zero,
      maximum < minimum, let maxWrapping, let minWrapping
    else { return }
    decoder.report(
      Diagnostic(
        PolicyMistakes.wrappingRange,
        "`max_wrapping_ttl` of \(VaultDuration.text(maximum)) is below \(VaultDuration.text(minimum))",
        at: decoder.span(maxWrapping.range),
        related: [.init(decoder.span(minWrapping.range), "the lower limit")],
        help: ["exchange the two, or raise the upper limit"],
        fixIts: [
          FixIt(
            "exchange the two", .unsafe,
            edits: [(maxWrapping, minimum), (minWrapping, maximum)].map {
              TextEdit(decoder.span($0.0.range), HCLString.quoted(VaultDuration.text($0.1)))
            })
        ]))
  }

  private func parameters(
    _ value: HCLValue, of key: String, joining earlier: ParameterConstraints?, _ decoder: inout PolicyDecoder
  ) -> ParameterConstraints? {
    guard case .object(let object) = value else {
      decoder.reportType(value, of: key, expected: "an object of lists", help: ["write `\(key) = { \"name\" = [] }`"])
      return earlier
    }
    decoder.checkDuplicates(object.items)
    var entries = earlier?.entries ?? []
    var places = Dictionary(entries.enumerated().map { ($1.name, $0) }) { first, _ in first }
    for item in object.items {
      guard let name = item.keys.first?.value else { continue }
      let values: [ParameterValue]
      switch item.valueBehindFirstKey {
      case .list(let list): values = list.elements.map { ParameterValue($0, isInList: true) }
      case .object(let inner): values = [ParameterValue(.object(inner), isInList: true)]
      case .literal:
        decoder.reportType(item.value, of: name, expected: "a list", help: ["write `[]` for any value"])
        continue
      }
      if let place = places[name] {
        entries[place] = .init(name, entries[place].values + values)
      } else {
        places[name] = entries.count
        entries.append(.init(name, values))
      }
    }
    return ParameterConstraints(entries)
  }
}

extension ParameterValue {
  /// What a value of a policy is compared as. An object that is not directly in a list is one in a list of its own,
  /// which is how HCL 1 decodes it.
  init(_ value: HCLValue, isInList: Bool) {
    switch value {
    case .list(let list): self = .list(list.elements.map { ParameterValue($0, isInList: true) })
    case .object(let object):
      let fields = object.items.compactMap { item in
        item.keys.first.map { ($0.value, ParameterValue(item.valueBehindFirstKey, isInList: false)) }
      }
      let map = ParameterValue.object(Dictionary(fields) { _, last in last })
      self = isInList ? map : .list([map])
    case .literal(let literal):
      let text = literal.token.value
      switch literal.token.kind {
      case .integer: self = HCLNumber.integer(text).map { .integer($0) } ?? .string(text)
      case .float: self = Double(text).map { .number($0) } ?? .string(text)
      case .bool: self = .bool(text == "true")
      default: self = .string(text)
      }
    }
  }
}
