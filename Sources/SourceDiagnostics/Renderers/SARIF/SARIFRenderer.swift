/// Findings as SARIF 2.1.0 (OASIS, errata 1), for GitHub's code scanning and whatever else reads the standard.
///
/// Regions have lines, UTF-16 columns, and offsets both in UTF-16 code units and in bytes. Fixes that can be applied as they
/// stand are offered. Findings that comments silence are left out, for GitHub would show them as open. What GitHub refuses
/// or cuts off is held to its limits: see ``SARIFLimits``.
public struct SARIFRenderer: DiagnosticRenderer {
  /// The name of the format.
  public let name = "sarif"
  /// What it is for.
  public let summary = "for GitHub's code scanning and other dashboards"

  private let limits: SARIFLimits

  /// Makes the renderer.
  public init() {
    self.init(limits: .gitHub)
  }

  init(limits: SARIFLimits) {
    self.limits = limits
  }

  /// One log with one run.
  public func render(_ diagnostics: [Diagnostic], of sources: SourceMap, options: RenderingOptions) -> String {
    let rules = SARIFRules(options.rules(), for: diagnostics, limits)
    var driver = JSONWriter()
    rules.write(options, &driver)
    let files = SARIFArtifacts(sources)
    var artifacts = JSONWriter()
    files.write(&artifacts)

    var writer = SARIFResultWriter(sources.concealingCredentials(for: diagnostics), files, rules, limits)
    var results = diagnostics.map { (severity: $0.severity, json: writer.result(of: $0)) }
    let fixed = driver.text.utf8.count + artifacts.text.utf8.count + SARIFLimits.envelope
    let dropped = limits.drop(from: &results, besides: fixed)

    var json = JSONWriter()
    json.object { json in
      json.key("$schema")
      json.string("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
      json.key("version")
      json.string("2.1.0")
      json.key("runs")
      json.array { json in
        json.object { json in
          json.key("tool")
          json.object { json in
            json.key("driver")
            json.raw(driver.text)
          }
          writeInvocation(dropped, options, &json)
          json.key("columnKind")
          json.string("utf16CodeUnits")
          json.key("newlineSequences")
          json.strings(["\r\n", "\n", "\r"])
          json.key("originalUriBaseIds")
          json.object { json in
            json.key(SARIFArtifacts.root)
            json.object { json in
              json.key("description")
              json.object { json in
                json.key("text")
                json.string("the folder in which the linter ran, which should be the root of the checkout")
              }
            }
          }
          json.key("artifacts")
          json.raw(artifacts.text)
          json.key("results")
          json.array { json in
            for result in results {
              json.newline()
              json.raw(result.json)
            }
            if !results.isEmpty { json.closingNewline() }
          }
        }
      }
    }
    return json.text + "\n"
  }

  private func writeInvocation(_ dropped: Int, _ options: RenderingOptions, _ json: inout JSONWriter) {
    json.key("invocations")
    json.array { json in
      json.object { json in
        json.key("executionSuccessful")
        json.bool(options.unreadInputs.isEmpty)
        var notifications = options.unreadInputs.map { (level: "error", text: $0) }
        if dropped > 0 {
          let count = dropped == 1 ? "1 finding is" : "\(dropped) findings are"
          notifications.append(("warning", "\(count) left out, the mildest first, to keep GitHub's limits"))
        }
        if notifications.isEmpty { return }
        json.key("toolExecutionNotifications")
        json.objects(notifications) { json, notification in
          json.key("level")
          json.string(notification.level)
          json.key("message")
          json.object { json in
            json.key("text")
            json.string(notification.text)
          }
        }
      }
    }
  }
}

/// What GitHub's code scanning accepts of one file
/// (https://docs.github.com/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit).
struct SARIFLimits {
  /// Results of a run; a file with more is refused.
  let results: Int
  /// Rules of a run.
  let rules: Int
  /// Locations of a result, the primary one counted.
  let locations: Int
  /// The size of the file. GitHub counts it compressed; uncompressed is the safe side.
  let bytes: Int

  static let gitHub = SARIFLimits(results: 25_000, rules: 25_000, locations: 1_000, bytes: 10_000_000)

  /// More than what a log has around its rules, artifacts and results.
  static let envelope = 4_096

  /// Drops results until the rest fits, the mildest and last ones first, and returns how many.
  func drop(from results: inout [(severity: Severity, json: String)], besides size: Int) -> Int {
    // A comma and a line break stand between two.
    let cost = { (result: (severity: Severity, json: String)) in result.json.utf8.count + 2 }
    if results.count <= self.results, results.reduce(size, { $0 + cost($1) }) <= bytes { return 0 }
    let order = results.indices.sorted { (results[$1].severity, $0) < (results[$0].severity, $1) }
    var kept: Set<Int> = []
    var total = size
    for index in order.prefix(self.results) {
      total += cost(results[index])
      if total > bytes { break }
      kept.insert(index)
    }
    let dropped = results.count - kept.count
    results = results.indices.filter { kept.contains($0) }.map { results[$0] }
    return dropped
  }
}
