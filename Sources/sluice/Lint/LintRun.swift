import GatewaySpec
import SourceDiagnostics
import Validators
import VaultPolicy

/// What one run of the linter has read, found and changed.
struct LintRun {
  private(set) var sources = SourceMap()
  /// The findings of all files, file by file, none twice.
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var suppressedCount = 0
  /// The number of files that were checked.
  private(set) var count = 0
  /// The files that fixes change, by name.
  private(set) var changes: [String: SpecRepair.Change] = [:]
  /// The names of the changed files in the order in which they changed first.
  private(set) var changedNames: [String] = []
  /// How many findings were mended in all.
  private(set) var mendedCount = 0
  /// Why files could not be read.
  var unread: [String] = []

  private let today: CalendarDate
  private let isWanted: (Diagnostic) -> Bool
  private var seen: Set<Diagnostic> = []

  init(today: CalendarDate, isWanted: @escaping (Diagnostic) -> Bool = { _ in true }) {
    self.today = today
    self.isWanted = isWanted
  }

  /// Lints a spec.
  mutating func lint(_ path: String) throws(InputFailure) {
    let (name, bytes) = try InputFile.readSpec(path)
    let loaded = SpecLoader.load(bytes: bytes, name: name, into: &sources, files: InputFile.neighbours(of: path))
    add(Validator.validate(loaded, today: today))
  }

  /// Lints a spec with its fixes applied, in memory.
  mutating func repair(_ path: String, atLeast safety: FixIt.Safety) throws(InputFailure) {
    let (name, read) = try InputFile.readSpec(path)
    let neighbours = InputFile.neighbours(of: path)
    let changes = changes
    // What an earlier spec of this run changed is as good as written.
    let files: SpecLoader.FileAccess = { path in
      changes[SpecLoader.name(of: path, beside: name)].map { .success($0.after) } ?? neighbours(path)
    }
    let repair = SpecRepair(
      bytes: changes[name]?.after ?? read, name: name, files: files, atLeast: safety, today: today, isWanted: isWanted)
    for change in repair.changes {
      if self.changes[change.name] == nil { changedNames.append(change.name) }
      self.changes[change.name] = change.following(self.changes[change.name])
    }
    mendedCount += repair.applied.count
    // The result is read once more, into the files of this run.
    let after = self.changes
    let loaded = SpecLoader.load(bytes: after[name]?.after ?? read, name: name, into: &sources) { path in
      after[SpecLoader.name(of: path, beside: name)].map { .success($0.after) } ?? neighbours(path)
    }
    add(Validator.validate(loaded, today: today))
  }

  /// Checks a policy by itself.
  mutating func check(policy path: String, profile: VersionProfile) throws(InputFailure) {
    let (name, bytes) = try InputFile.readSpec(path)
    let file = sources.add(name: name, bytes: bytes)
    let outcome = PolicyValidator.validate(file, in: sources, profile: profile, today: today)
    count += 1
    suppressedCount += outcome.suppressed.count
    keep(outcome.diagnostics)
  }

  private mutating func add(_ outcome: Validator.Outcome) {
    count += 1
    suppressedCount += outcome.suppressed.count
    keep(outcome.diagnostics)
  }

  private mutating func keep(_ found: [Diagnostic]) {
    diagnostics += found.filter { isWanted($0) && seen.insert($0).inserted }
  }
}
