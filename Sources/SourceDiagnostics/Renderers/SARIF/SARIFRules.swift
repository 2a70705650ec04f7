/// The kinds of findings as SARIF's reporting descriptors, each with its page.
struct SARIFRules {
  private var rules: [RuleDescription]
  private(set) var indices: [DiagnosticCode: Int]

  /// Describes a catalogue. Without one only what occurs can be named.
  init(_ catalogue: [RuleDescription], for diagnostics: [Diagnostic], _ limits: SARIFLimits) {
    let used = Set(diagnostics.lazy.map(\.code))
    rules = catalogue
    if rules.count > limits.rules { rules = Array(rules.filter { used.contains($0.code) }.prefix(limits.rules)) }
    indices = Dictionary(rules.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The tool component that has the rules.
  func write(_ options: RenderingOptions, _ json: inout JSONWriter) {
    json.object { json in
      json.key("name")
      json.string("sluice")
      if let version = options.toolVersion {
        json.key("semanticVersion")
        json.string(version)
      }
      json.key("informationUri")
      json.string(DocumentationSite.front)
      json.key("rules")
      json.array { json in
        for rule in rules {
          json.newline()
          json.object { write(rule, &$0) }
        }
        if !rules.isEmpty { json.closingNewline() }
      }
    }
  }

  private func write(_ rule: RuleDescription, _ json: inout JSONWriter) {
    json.key("id")
    json.string(rule.code.description)
    json.key("name")
    json.string(rule.slug.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined())
    json.key("shortDescription")
    json.object { text(rule.summary, &$0) }
    json.key("fullDescription")
    json.object { text(rule.rationale, &$0) }
    json.key("helpUri")
    json.string(DocumentationSite.page(of: rule.code))
    json.key("help")
    json.object { json in
      text("\(rule.rationale)\n\nMore, with examples: sluice explain \(rule.code)", &json)
      json.key("markdown")
      json.string(
        "\(rule.rationale)\n\nMore, with examples: [\(rule.slug)](\(DocumentationSite.page(of: rule.code))), or "
          + "`sluice explain \(rule.code)`.")
    }
    json.key("defaultConfiguration")
    json.object { json in
      json.key("level")
      json.string(rule.severity.name)
    }
    json.key("properties")
    json.object { json in
      json.key("problem.severity")
      json.string(rule.severity == .note ? "recommendation" : rule.severity.name)
      json.key("precision")
      json.string("very-high")
      json.key("tags")
      json.strings([rule.code.category.title])
    }
  }

  private func text(_ text: String, _ json: inout JSONWriter) {
    json.key("text")
    json.string(text)
  }
}
