import SourceDiagnostics

/// Decodes the block `control_group` of a rule. Keys that it does not know are ignored, as Vault ignores them here.
enum ControlGroupDecoder {
  static func decode(
    _ object: HCLObject, granted: CapabilitySet, _ decoder: inout PolicyDecoder
  ) -> ControlGroup? {
    var ttl: Duration?
    var factors: [ControlGroup.Factor] = []
    var hasFactor = false
    for item in object.items {
      guard let key = item.keys.first else { continue }
      switch key.value {
      case "ttl":
        ttl = decoder.duration(item.value)
        if ttl == nil {
          report("`ttl` of a control group is no duration", item.value.range, of: PolicyMistakes.duration, &decoder)
        }
      case "factor":
        hasFactor = true
        guard case .object(let named) = item.valueBehindFirstKey else {
          decoder.reportType(item.value, of: "factor", expected: "a block with braces")
          continue
        }
        for factor in named.items {
          if let decoded = decodeFactor(factor, granted: granted, &decoder) { factors.append(decoded) }
        }
        if named.items.isEmpty { hasFactor = false }
      default: break
      }
    }
    if !hasFactor { report("a control group needs a factor", object.open.range, &decoder) }
    return factors.isEmpty ? nil : ControlGroup(ttl: ttl, factors: factors)
  }

  private static func decodeFactor(
    _ item: HCLItem, granted: CapabilitySet, _ decoder: inout PolicyDecoder
  ) -> ControlGroup.Factor? {
    guard let name = item.keys.first, case .object(let body) = item.valueBehindFirstKey else {
      decoder.reportType(item.value, of: "factor", expected: "a block with a name")
      return nil
    }
    var controlled: CapabilitySet = []
    var identity: HCLObject?
    for attribute in body.items {
      switch attribute.keys.first?.value {
      case "controlled_capabilities":
        for (text, span) in decoder.strings(attribute.value, of: "controlled_capabilities") {
          let capability = Capability(rawValue: text).map { CapabilitySet([$0]) } ?? []
          controlled.formUnion(capability)
          guard capability.isEmpty || !granted.isSuperset(of: capability) else { continue }
          decoder.report(
            Diagnostic(
              PolicyMistakes.controlGroup, "factor `\(name.value)` controls `\(text)`, which the rule does not grant",
              at: span))
        }
      case "identity": if case .object(let object) = attribute.valueBehindFirstKey { identity = object }
      default: break
      }
    }
    guard let identity else {
      report("factor `\(name.value)` has no `identity` block", name.range, &decoder)
      return nil
    }
    return decodeIdentity(identity, of: name, controlled, &decoder)
  }

  private static func decodeIdentity(
    _ identity: HCLObject, of name: HCLToken, _ controlled: CapabilitySet, _ decoder: inout PolicyDecoder
  ) -> ControlGroup.Factor? {
    var ids: [String] = []
    var names: [String] = []
    var approvals: Int64 = 0
    for attribute in identity.items {
      switch attribute.keys.first?.value {
      case "group_ids": ids += decoder.strings(attribute.value, of: "group_ids").map(\.text)
      case "group_names": names += decoder.strings(attribute.value, of: "group_names").map(\.text)
      case "approvals":
        if let count = decoder.string(attribute.value).flatMap(HCLNumber.integer) {
          approvals = count
        } else {
          decoder.reportType(attribute.value, of: "approvals", expected: "a whole number")
          approvals = 1
        }
      default: break
      }
    }
    if approvals <= 0 { report("factor `\(name.value)` must need at least one approval", name.range, &decoder) }
    if ids.isEmpty, names.isEmpty { report("factor `\(name.value)` names no group", name.range, &decoder) }
    return ControlGroup.Factor(
      name: name.value, groupIDs: ids, groupNames: names, approvals: Int(clamping: approvals),
      controlledCapabilities: controlled)
  }

  private static func report(
    _ headline: String, _ range: Range<Int>, of kind: RuleDescription = PolicyMistakes.controlGroup,
    _ decoder: inout PolicyDecoder
  ) {
    decoder.report(Diagnostic(kind, headline, at: decoder.span(range)))
  }
}
