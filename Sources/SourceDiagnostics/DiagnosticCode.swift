/// The stable name of a kind of finding, printed as `GW` and four digits.
///
/// The thousands digit is the category (``category``). A code is never reused.
public struct DiagnosticCode: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 0 to 9999.
  public let number: Int

  /// Makes a code from its number, 0 to 9999.
  public init(_ number: Int) {
    self.number = number
  }

  /// Reads `GW3001`, in either case; `nil` for anything else.
  public init?(parsing text: some StringProtocol) {
    let digits = text.dropFirst(2)
    guard text.prefix(2).uppercased() == "GW", digits.utf8.count == 4,
      digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Int(digits)
    else { return nil }
    self.number = number
  }

  /// `GW` and the number with leading zeros.
  public var description: String {
    let digits = String(number)
    return "GW" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// What the thousands digit stands for.
  public var category: DiagnosticCategory { DiagnosticCategory(rawValue: number / 1000) ?? .yaml }

  /// By number.
  public static func < (left: DiagnosticCode, right: DiagnosticCode) -> Bool { left.number < right.number }
}

/// The subject of a finding: the thousands digit of its code.
public enum DiagnosticCategory: Int, CaseIterable, Sendable {
  case yaml = 0
  case shape = 1
  case references = 2
  case secrets = 3
  case server = 4
  case resources = 5
  case kubernetes = 6
  case routing = 7
  case engine = 8
  case output = 9

  /// The heading of the category in documentation.
  public var title: String {
    switch self {
    case .yaml: "YAML"
    case .shape: "Shape"
    case .references: "References"
    case .secrets: "Vault, secrets and rotation"
    case .server: "Server, probes and exposure"
    case .resources: "Resources and scaling"
    case .kubernetes: "Kubernetes objects and security"
    case .routing: "Models, routing, keys and limits"
    case .engine: "Engine and database"
    case .output: "Output"
    }
  }
}

/// How bad a finding is. There is no default: each rule states it.
public enum Severity: Int, Comparable, Sendable, CaseIterable {
  /// Worth knowing; nothing need change.
  case note
  /// It works and will hurt.
  case warning
  /// It cannot work, or it leaks.
  case error

  /// `note`, `warning` or `error`.
  public var name: String {
    switch self {
    case .note: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }

  /// The milder first.
  public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
