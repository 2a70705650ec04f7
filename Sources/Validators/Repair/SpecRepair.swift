public import GatewaySpec
public import SourceDiagnostics

/// Applies the fixes of findings to a spec and the policy files beside it until none is left to apply.
///
/// After every step the result is linted anew. A step that makes anything worse is taken back and tried in halves, so that
/// one bad fix costs itself alone: no file is ever left with more findings than before, or unreadable.
public struct SpecRepair {
  /// A file that changed.
  public struct Change: Sendable {
    /// The name of the file.
    public let name: String
    /// Its content as it was read.
    public let before: [UInt8]
    /// Its content with the fixes.
    public let after: [UInt8]

    /// This change and an earlier one of the same file as one.
    public func following(_ earlier: Change?) -> Change {
      Change(name: name, before: earlier?.before ?? before, after: after)
    }
  }

  /// The files that changed, the spec before its policies.
  public private(set) var changes: [Change] = []
  /// The findings whose fixes were applied, step by step.
  public private(set) var applied: [Diagnostic] = []
  /// The spec with the fixes, and what is found in it.
  public private(set) var loaded: LoadedSpec
  /// What is found in the spec with the fixes.
  public private(set) var outcome: Validator.Outcome

  private let name: String
  private let spec: [UInt8]
  private let files: SpecLoader.FileAccess
  private let today: CalendarDate?
  private let isWanted: (Diagnostic) -> Bool
  private let safety: FixIt.Safety
  /// The present content of files other than what was read, by name.
  private var texts: [String: [UInt8]] = [:]
  /// What was read of the files in ``texts``.
  private var originals: [String: [UInt8]] = [:]
  private var rejected: Set<Attempt> = []

  /// Applies all fixes that are safe enough.
  ///
  /// - Parameters:
  ///   - bytes: the content of the spec.
  ///   - name: its name, from which the names of its policy files follow.
  ///   - files: reads the policy files.
  ///   - safety: the least safety; what is only for display is never applied.
  ///   - today: the day by which suppressions expire.
  ///   - isWanted: whether the fix of a finding may be applied at all.
  public init(
    bytes: [UInt8], name: String, files: @escaping SpecLoader.FileAccess, atLeast safety: FixIt.Safety = .safe,
    today: CalendarDate? = nil, isWanted: @escaping (Diagnostic) -> Bool = { _ in true }
  ) {
    self.name = name
    self.files = files
    self.safety = safety
    self.today = today
    self.isWanted = isWanted
    spec = bytes
    (loaded, outcome) = Self.lint(bytes, name, files, [:], today)
    while true {
      let candidates = outcome.diagnostics.filter {
        !$0.fixIts.isEmpty && isWanted($0) && !rejected.contains(Attempt($0))
      }
      if !step(candidates) { break }
    }
    changes = texts.compactMap { name, text in
      guard let before = originals[name], before != text else { return nil }
      return Change(name: name, before: before, after: text)
    }
    .sorted { ($0.name == name ? 0 : 1, $0.name) < ($1.name == name ? 0 : 1, $1.name) }
  }

  /// Applies fixes of some findings if that makes things better, else those of fewer. Whether anything was applied or
  /// found to be no good.
  private mutating func step(_ candidates: [Diagnostic]) -> Bool {
    let result = FixItApplier.apply(candidates, to: loaded.sources, atLeast: safety)
    if result.applied.isEmpty { return false }
    var next = texts
    for (id, bytes) in result.changed {
      if let file = loaded.sources[id] { next[file.name] = bytes }
    }
    let (newLoaded, newOutcome) = Self.lint(next[name] ?? spec, name, files, next, today)
    let (before, after) = (Tally(outcome), Tally(newOutcome))
    let isGood = result.applied.count == 1 ? after < before : after.isAtMost(before, less: result.applied)
    if isGood, !result.changed.isEmpty {
      for id in result.changed.keys {
        if let file = loaded.sources[id], originals[file.name] == nil { originals[file.name] = file.bytes }
      }
      texts = next
      (loaded, outcome) = (newLoaded, newOutcome)
      applied += result.applied
      return true
    }
    if let only = result.applied.first, result.applied.count == 1 {
      rejected.insert(Attempt(only))
      return true
    }
    return step(Array(result.applied.prefix(result.applied.count / 2)))
  }

  private static func lint(
    _ bytes: [UInt8], _ name: String, _ files: @escaping SpecLoader.FileAccess, _ texts: [String: [UInt8]],
    _ today: CalendarDate?
  ) -> (LoadedSpec, Validator.Outcome) {
    var sources = SourceMap()
    let loaded = SpecLoader.load(bytes: bytes, name: name, into: &sources) { path in
      if let text = texts[SpecLoader.name(of: path, beside: name)] { return .success(text) }
      return files(path)
    }
    return (loaded, Validator.validate(loaded, today: today))
  }
}

/// A finding by what it says and not by where it stands, for places move as other fixes are applied.
private struct Attempt: Hashable {
  let code: DiagnosticCode
  let headline: String
  let titles: [String]

  init(_ diagnostic: Diagnostic) {
    code = diagnostic.code
    headline = diagnostic.headline
    titles = diagnostic.fixIts.map(\.title)
  }
}

/// How many findings there are, what hides most before what hides least: a file that can be read better may show more.
private struct Tally: Comparable {
  private let counts: [Int]

  init(_ outcome: Validator.Outcome) {
    self.init(outcome.diagnostics)
  }

  private init(_ diagnostics: [Diagnostic]) {
    var counts = [0, 0, 0, 0, 0]
    for diagnostic in diagnostics {
      switch (diagnostic.severity, diagnostic.code.category) {
      case (.error, .yaml): counts[0] += 1
      case (.error, .shape): counts[1] += 1
      case (.error, _): counts[2] += 1
      case (.warning, _): counts[3] += 1
      case (.note, _): counts[4] += 1
      }
    }
    self.counts = counts
  }

  /// Whether there are no more of any sort than before without those that were mended.
  func isAtMost(_ before: Tally, less mended: [Diagnostic]) -> Bool {
    let mended = Tally(mended)
    return counts.indices.allSatisfy { counts[$0] <= before.counts[$0] - mended.counts[$0] }
  }

  static func < (left: Tally, right: Tally) -> Bool { left.counts.lexicographicallyPrecedes(right.counts) }
}
