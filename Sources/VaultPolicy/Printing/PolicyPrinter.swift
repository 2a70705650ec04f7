/// Writes policies in HCL that `vault policy fmt` leaves as it is.
public enum PolicyPrinter {
  /// The text of a policy: `header` as comments, an empty line, then the rules in their order with an empty line
  /// between two. Ends with one line end.
  ///
  /// - Parameters:
  ///   - policy: The policy; its name is not written.
  ///   - header: Lines of comment at the top, without `#`.
  ///   - comment: What to say above a rule, without `#`; several lines are several comments.
  public static func text(
    of policy: Policy, header: [String] = [], comment: (PolicyRule) -> String? = { _ in nil }
  ) -> String {
    let top = header.isEmpty ? "" : commentLines(header.joined(separator: "\n")) + "\n"
    let rules = policy.rules.map { rule in
      (comment(rule).map(commentLines) ?? "") + text(of: rule)
    }
    return PolicyFormatter.format(top + rules.joined(separator: "\n"))
  }

  /// The text of one rule: a `path` block that ends with a line end.
  public static func text(of rule: PolicyRule) -> String {
    var lines = ["path \(HCLString.quoted(rule.pattern.written)) {"]
    if !rule.capabilities.isEmpty || rule.legacyPolicy == nil {
      lines.append("capabilities = \(list(rule.capabilities.names.map(HCLString.quoted)))")
    }
    if let legacy = rule.legacyPolicy { lines.append("policy = \(HCLString.quoted(legacy.rawValue))") }
    if let minimum = rule.minWrappingTTL { lines.append("min_wrapping_ttl = \"\(VaultDuration.text(minimum))\"") }
    if let maximum = rule.maxWrappingTTL { lines.append("max_wrapping_ttl = \"\(VaultDuration.text(maximum))\"") }
    lines += strings("required_parameters", rule.requiredParameters)
    lines += strings("mfa_methods", rule.mfaMethods)
    lines += strings("subscribe_event_types", rule.subscribeEventTypes)
    if let comment = rule.comment { lines.append("comment = \(HCLString.quoted(comment))") }
    lines += parameters("allowed_parameters", rule.allowedParameters)
    lines += parameters("denied_parameters", rule.deniedParameters)
    lines += controlGroup(rule.controlGroup)
    return PolicyFormatter.format(lines.joined(separator: "\n") + "\n}\n")
  }

  private static func commentLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        let printable = String(line.unicodeScalars.filter { $0.value >= 0x20 && $0 != "\u{E123}" || $0 == "\t" })
        return (printable.isEmpty ? "#" : "# " + printable) + "\n"
      }
      .joined()
  }

  private static func strings(_ key: String, _ values: [String]) -> [String] {
    values.isEmpty ? [] : ["\(key) = \(list(values.map(HCLString.quoted)))"]
  }

  private static func list(_ elements: [String]) -> String { "[" + elements.joined(separator: ", ") + "]" }

  private static func parameters(_ key: String, _ constraints: ParameterConstraints?) -> [String] {
    guard let constraints else { return [] }
    let entries = constraints.entries.map { entry in
      "\(HCLString.quoted(entry.name)) = \(list(entry.values.compactMap(value)))"
    }
    return ["\(key) = {"] + entries + ["}"]
  }

  /// HCL 1 has no null, so it is left out; and an object that it decodes stands in a list already.
  private static func value(_ value: ParameterValue) -> String? {
    switch value {
    case .null: return nil
    case .bool(let bool): return bool ? "true" : "false"
    case .integer(let integer): return String(integer)
    case .number(let number): return number.isFinite ? String(number) : nil
    case .string(let string): return HCLString.quoted(string)
    case .list(let elements):
      if elements.count == 1, case .object = elements[0] { return self.value(elements[0]) }
      return list(elements.compactMap(self.value))
    case .object(let fields):
      let written = fields.sorted { $0.key < $1.key }.compactMap { key, field in
        self.value(field).map { "\(HCLString.quoted(key)) = \($0)\n" }
      }
      return "{\n" + written.joined() + "}"
    }
  }

  private static func controlGroup(_ group: ControlGroup?) -> [String] {
    guard let group else { return [] }
    var lines = ["control_group = {"]
    if let ttl = group.ttl { lines.append("ttl = \"\(VaultDuration.text(ttl))\"") }
    for factor in group.factors {
      lines.append("factor \(HCLString.quoted(factor.name)) {")
      lines += strings("controlled_capabilities", factor.controlledCapabilities.names)
      lines.append("identity {")
      lines += strings("group_ids", factor.groupIDs)
      lines += strings("group_names", factor.groupNames)
      lines += ["approvals = \(factor.approvals)", "}", "}"]
    }
    return lines + ["}"]
  }
}
