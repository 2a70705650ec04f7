import ArgumentParser
import Foundation
import RuleDocumentation
import SluiceTestSupport
import SourceDiagnostics

/// `sluice-dev`: what contributors run; no part of the product.
@main
struct DevCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluice-dev", abstract: "Generates what stands in the repository.", subcommands: [Docs.self])

  struct Docs: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Writes or checks docs/rules.")

    @Flag(help: "Write the pages.")
    var write = false

    @Flag(help: "Fail if a page is not what it would be.")
    var check = false

    func validate() throws {
      if write == check { throw ValidationError("say either --write or --check") }
    }

    func run() throws {
      let folder = RepositoryLayout.ruleDocumentation
      var stale: [String] = []
      var known: Set<String> = []
      for page in RulePage.all(of: FindingCatalog.all) {
        known.insert(page.name)
        let file = folder.appending(path: page.name)
        if (try? String(contentsOf: file, encoding: .utf8)) == page.text { continue }
        stale.append(page.name)
        if write {
          try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
          try page.text.write(to: file, atomically: true, encoding: .utf8)
        }
      }
      let kept = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      for orphan in kept where !known.contains(orphan) {
        stale.append(orphan)
        if write { try FileManager.default.removeItem(at: folder.appending(path: orphan)) }
      }
      if check, !stale.isEmpty {
        print("docs/rules is not current: \(stale.sorted().joined(separator: ", ")); run `make docs`")
        throw ExitCode(1)
      }
      print(write ? "wrote \(stale.count) of \(known.count) pages" : "\(known.count) pages are current")
    }
  }
}
