/// Everything there is to say about one kind of finding: the source of its documentation page, of `sluice explain`
/// and of its tests.
///
/// Findings of the YAML parser and of the decoder carry one too, so that every code has a page.
public struct RuleDescription: Sendable, CustomStringConvertible {
  /// The stable code.
  public let code: DiagnosticCode
  /// The bad thing in kebab case, such as `secret-outside-policy-scope`.
  public let slug: String
  /// How bad a finding of this kind is.
  public let severity: Severity
  /// One sentence without a full stop that says what is wrong when the rule finds something.
  public let summary: String
  /// What goes wrong in the running deployment, and why; paragraphs are separated by an empty line.
  public let rationale: String
  /// Specs that are flagged and specs that are not. They are the rule's tests and stand on its page.
  public let examples: [RuleExample]

  /// Code and slug.
  public var description: String { "\(code) \(slug)" }

  /// Describes one kind of finding.
  public init(
    _ number: Int, _ slug: String, _ severity: Severity, summary: String, rationale: String, examples: [RuleExample]
  ) {
    code = DiagnosticCode(number)
    self.slug = slug
    self.severity = severity
    self.summary = summary
    self.rationale = rationale
    self.examples = examples
  }
}

/// A spec that a rule flags, or one that it must leave alone.
///
/// The text is a whole spec, some sections of one, or a policy file; what is missing comes from a base spec. In a flagged example `⟦`
/// and `⟧` stand around each text that the rule must underline.
public struct RuleExample: Sendable {
  /// What the rule must say about the example.
  public enum Expectation: Sendable, Equatable {
    /// The rule underlines each marked text; with `fixed`, applying its fixes gives this text.
    case flagged(fixed: String?)
    /// The rule says nothing.
    case allowed
  }

  /// Sections of a spec in YAML, with marks.
  public let text: String
  /// What must come out.
  public let expectation: Expectation
  /// The base that gives the sections which the text leaves out; `nil` takes the text as the whole spec.
  public let base: RuleExampleBase?
  /// Whether the example stays off the documentation page.
  public let isHidden: Bool
  /// Where the example is written, so that a failing test points at it.
  public let location: (fileID: String, filePath: String, line: Int, column: Int)

  /// An example that the rule must flag at each `⟦mark⟧`.
  public static func flagged(
    _ text: String, fixed: String? = nil, base: RuleExampleBase? = .litellm, hidden: Bool = false,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> RuleExample {
    RuleExample(
      text: text, expectation: .flagged(fixed: fixed), base: base, isHidden: hidden,
      location: (fileID, filePath, line, column))
  }

  /// An example about which the rule must say nothing.
  public static func allowed(
    _ text: String, base: RuleExampleBase? = .litellm, hidden: Bool = false,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> RuleExample {
    RuleExample(
      text: text, expectation: .allowed, base: base, isHidden: hidden, location: (fileID, filePath, line, column))
  }
}

extension RuleExample {
  /// The text without its marks, and the marked places as UTF-8 byte ranges of it, in order.
  public var unmarked: (text: String, marks: [Range<Int>]) {
    var bytes: [UInt8] = []
    var marks: [Range<Int>] = []
    var starts: [Int] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "⟦": starts.append(bytes.count)
      case "⟧": if let start = starts.popLast() { marks.append(start..<bytes.count) }
      default: bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
      }
    }
    return (String(decoding: bytes, as: UTF8.self), marks.sorted { $0.lowerBound < $1.lowerBound })
  }

  /// The same example with another text.
  public func with(text: String) -> RuleExample {
    RuleExample(text: text, expectation: expectation, base: base, isHidden: isHidden, location: location)
  }
}

/// The name of a spec without findings that gives an example the sections it leaves out.
public struct RuleExampleBase: Hashable, Sendable {
  /// The name, such as `litellm`.
  public let name: String

  /// Names a base.
  public init(_ name: String) {
    self.name = name
  }

  /// A small deployment of LiteLLM with secrets in Vault.
  public static let litellm = RuleExampleBase("litellm")
  /// The same with a second Vault policy that its login carries: the example is that policy's file, in HCL.
  public static let policy = RuleExampleBase("policy")
  /// A small deployment of Sluice's own runtime.
  public static let sluice = RuleExampleBase("sluice")
}
