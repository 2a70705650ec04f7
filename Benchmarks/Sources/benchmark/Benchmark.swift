/// What is measured on which spec, and the goals that it is held to.
struct Benchmark {
  let sluice: String
  let bareLoop: String
  /// Holds `reference.yaml` and the generated specs.
  let folder: String
  /// How often each program runs on the reference spec; a tenth of that on the largest.
  let rounds: Int

  private static let loop = "bare loop"
  private static let write = "`sluice compile -o`"
  private static let copy = "`cp -r` of the output"

  /// The tables, in Markdown.
  func report() throws(ProcessFailure) -> String {
    let reference = try compare("reference", "The reference spec", rounds, hasNeighbours: true)
    let models = try compare("1000-models", "1,000 models and 500 secrets", rounds / 4)
    let small = try compare("1000", "1,000 lines", rounds / 2)
    let medium = try compare("10000", "10,000 lines", rounds / 4)
    let large = try compare("100000", "100,000 lines", rounds / 10, hasNeighbours: true)
    let overlaid = try compare("100000-environment", "100,000 lines and one environment", rounds / 10)
    let all = [reference, models, small, medium, large, overlaid]
    return goals(reference: reference, models: models, medium: medium, large: large)
      + all.map { "\n" + $0.table(relativeTo: Self.loop) }.joined()
  }

  /// Runs everything on one spec; with what stands beside sluice in the field, if wanted.
  private func compare(
    _ spec: String, _ title: String, _ rounds: Int, hasNeighbours: Bool = false
  ) throws(ProcessFailure) -> Comparison {
    let file = "\(folder)/\(spec).yaml"
    let output = "\(folder)/\(spec)-output"
    let copied = "\(folder)/\(spec)-copied"
    var subjects = [
      Subject(name: Self.loop, arguments: [bareLoop, file]),
      Subject(name: "`sluice lint`", arguments: [sluice, "lint", file]),
      Subject(name: "`sluice compile` to `/dev/null`", arguments: [sluice, "compile", file]),
      Subject(name: Self.write, arguments: [sluice, "compile", file, "-o", output], removedBefore: output),
      Subject(name: Self.copy, arguments: ["cp", "-r", output, copied], removedBefore: copied),
    ]
    if hasNeighbours {
      subjects.append(
        Subject(name: "`kubectl kustomize`", arguments: ["kubectl", "kustomize", "\(output)/kubernetes"]))
      subjects.append(Subject(name: "`true`, the cost of any process", arguments: ["true"]))
    }
    return try Comparison(title, of: subjects, repetitions: max(rounds, 5))
  }

  private func goals(
    reference: Comparison, models: Comparison, medium: Comparison, large: Comparison
  ) -> String {
    let time = reference[Self.write].median(\.wall)
    let modelTime = models[Self.write].median(\.wall)
    let memory = reference[Self.write].median(\.memory)
    let growth = large[Self.write].median(\.cpu) / medium[Self.write].median(\.cpu)
    let used = large[Self.write].median(\.cpu)
    let allowed = 2 * large[Self.loop].median(\.cpu) + large[Self.copy].median(\.cpu)
    return """
      | goal | measured | |
      |---|---|---|
      | reference spec, lint, compile and write: under 10 ms | \(milliseconds(time)) | \(verdict(time < 10)) |
      | reference spec, peak memory: under 30 MB | \(decimal(memory)) MiB | \(verdict(memory * 1.048_576 < 30)) |
      | 1,000 models and 500 secrets, lint, compile and write: under 150 ms | \(milliseconds(modelTime)) | \
      \(verdict(modelTime < 150)) |
      | ten times the lines (10,000 to 100,000): about ten times the CPU time | × \(decimal(growth)) | \
      \(verdict(growth < 11)) |
      | 100,000 lines: at most twice the bare loop and the output's `cp`, in CPU time | \(milliseconds(used)) of \
      \(milliseconds(allowed)) | \(verdict(used <= allowed)) |

      """
  }

  private func verdict(_ isMet: Bool) -> String { isMet ? "met" : "**not met**" }
}
