/// Findings as JUnit's XML, which every CI system knows: a suite for each file, a case for each finding.
///
/// A finding is a failure from ``RenderingOptions/failingSeverity`` on; a milder one is a case that passed and says
/// something. A file without findings is one case that passed. No times are written, so that equal runs give equal text.
public struct JUnitRenderer: DiagnosticRenderer {
  /// The name of the format.
  public let name = "junit"
  /// What it is for.
  public let summary = "test reports of CI systems"

  /// Makes the renderer.
  public init() {}

  /// An XML document.
  public func render(_ diagnostics: [Diagnostic], of sources: SourceMap, options: RenderingOptions) -> String {
    var lines = LineTableCache(sources)
    let findings = Dictionary(grouping: diagnostics, by: \.primary.span.file)
    var suites = ""
    var total = Counts()
    for file in sources.files {
      let mine = findings[file.id] ?? []
      write(mine, file.relativePath, &lines, options, &suites, &total)
    }
    // A place that no file has should not exist, but its finding must not be lost.
    let lost = diagnostics.filter { sources[$0.primary.span.file] == nil }
    if !lost.isEmpty { write(lost, "unknown", &lines, options, &suites, &total) }
    writeUnread(options, &suites, &total)
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="sluice lint"\(total.attributes)>
      \(suites)</testsuites>

      """
  }

  private func write(
    _ diagnostics: [Diagnostic], _ name: String, _ lines: inout LineTableCache, _ options: RenderingOptions,
    _ text: inout String, _ total: inout Counts
  ) {
    let file = attribute(name, options)
    var counts = Counts()
    var cases = ""
    for diagnostic in diagnostics {
      let isFailure = options.failingSeverity.map { diagnostic.severity >= $0 } ?? false
      counts.tests += 1
      counts.failures += isFailure ? 1 : 0
      let line = lines.lines(of: diagnostic.primary.span.file)?.table.line(at: diagnostic.primary.span.start) ?? 1
      let title = attribute("\(diagnostic.code) \(diagnostic.slug)", options)
      let place = attribute(lines.place(of: diagnostic.primary.span, options.characters), options)
      let words = content("\(diagnostic.plainText(explainCommand: options.explainCommand))", options)
      cases += "    <testcase name=\"\(title)\" classname=\"\(file)\" file=\"\(file)\" line=\"\(line)\">\n"
      if isFailure {
        let headline = attribute(diagnostic.headline, options)
        cases +=
          "      <failure message=\"\(headline)\" type=\"\(diagnostic.severity.name)\">\(place): \(words)</failure>\n"
      } else {
        cases += "      <system-out>\(place): \(diagnostic.severity.name): \(words)</system-out>\n"
      }
      cases += "    </testcase>\n"
    }
    if diagnostics.isEmpty {
      counts.tests += 1
      cases += "    <testcase name=\"no findings\" classname=\"\(file)\" file=\"\(file)\"/>\n"
    }
    text += "  <testsuite name=\"\(file)\"\(counts.attributes)>\n\(cases)  </testsuite>\n"
    total.add(counts)
  }

  private func writeUnread(_ options: RenderingOptions, _ text: inout String, _ total: inout Counts) {
    if options.unreadInputs.isEmpty { return }
    let counts = Counts(tests: options.unreadInputs.count, errors: options.unreadInputs.count)
    text += "  <testsuite name=\"input\"\(counts.attributes)>\n"
    for reason in options.unreadInputs {
      text += "    <testcase name=\"read\" classname=\"input\">\n"
      text += "      <error message=\"\(attribute(reason, options))\" type=\"input\"/>\n    </testcase>\n"
    }
    text += "  </testsuite>\n"
    total.add(counts)
  }

  private func attribute(_ text: String, _ options: RenderingOptions) -> String {
    escaped(options.characters.visible(text))
  }

  private func content(_ text: String, _ options: RenderingOptions) -> String {
    escaped(options.characters.visible(text, keeping: "\n"))
  }

  /// The text with its markup characters as entities. Control characters, most of which XML cannot carry at all, must have
  /// been made visible.
  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // Two characters of Unicode that are no characters in XML 1.0.
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// How many cases of a suite went which way.
private struct Counts {
  var tests = 0
  var failures = 0
  var errors = 0

  var attributes: String { " tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\"" }

  mutating func add(_ other: Counts) {
    tests += other.tests
    failures += other.failures
    errors += other.errors
  }
}
