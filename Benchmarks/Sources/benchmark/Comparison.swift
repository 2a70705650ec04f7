/// A program that is measured, and what must be out of its way before each run.
struct Subject {
  let name: String
  let arguments: [String]
  var removedBefore: String?
}

/// The runs of one subject.
struct Series {
  let name: String
  var runs: [Measurement] = []

  func median(_ value: KeyPath<Measurement, Double>) -> Double {
    let sorted = runs.map { $0[keyPath: value] }.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  func minimum(_ value: KeyPath<Measurement, Double>) -> Double {
    runs.map { $0[keyPath: value] }.min() ?? .nan
  }
}

/// Several programs on the same spec.
struct Comparison {
  let title: String
  let series: [Series]

  /// Runs the subjects in turns, A B C A B C, so that whatever else the machine does hits all of them alike. The first
  /// round warms the caches and does not count.
  init(_ title: String, of subjects: [Subject], repetitions: Int) throws(ProcessFailure) {
    var series = subjects.map { Series(name: $0.name) }
    for round in 0...repetitions {
      for (index, subject) in subjects.enumerated() {
        if let path = subject.removedBefore { _ = try ChildProcess.run(["rm", "-rf", path]) }
        let run = try ChildProcess.run(subject.arguments)
        if round > 0 { series[index].runs.append(run) }
      }
    }
    self.title = "\(title), \(repetitions) rounds"
    self.series = series
  }

  subscript(name: String) -> Series {
    series.first { $0.name == name } ?? Series(name: name)
  }

  /// A Markdown table; the last column compares processor time with the subject of that name.
  func table(relativeTo name: String) -> String {
    var text = """
      **\(title)**

      | process | wall median | wall min | CPU median | CPU min | peak memory | CPU ÷ \(name) |
      |---|--:|--:|--:|--:|--:|--:|

      """
    for series in series {
      let cells = [
        milliseconds(series.median(\.wall)), milliseconds(series.minimum(\.wall)), milliseconds(series.median(\.cpu)),
        milliseconds(series.minimum(\.cpu)), "\(decimal(series.median(\.memory))) MiB",
        decimal(series.median(\.cpu) / self[name].median(\.cpu), places: 2),
      ]
      text += "| \(series.name) | \(cells.joined(separator: " | ")) |\n"
    }
    return text
  }
}

/// Such as `4.7 ms`, or `530 ms` from 100 ms.
func milliseconds(_ value: Double) -> String { "\(decimal(value, places: value < 100 ? 1 : 0)) ms" }

/// A number with that many decimals.
func decimal(_ value: Double, places: Int = 1) -> String {
  guard value.isFinite else { return "?" }
  var scale = 1
  for _ in 0..<places { scale *= 10 }
  let scaled = Int((value * Double(scale)).rounded())
  guard places > 0 else { return "\(scaled)" }
  let fraction = String(scaled % scale)
  return "\(scaled / scale).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
}
