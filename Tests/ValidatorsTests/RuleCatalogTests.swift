import Foundation
import SluiceTestSupport
import SourceDiagnostics
import Testing
import Validators

struct RuleCatalogTests {
  @Test
  func `no code and no slug stands twice, and the list is sorted`() {
    let codes = RuleCatalog.all.map(\.code)
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
    #expect(Set(RuleCatalog.all.map(\.slug)).count == codes.count)
  }

  @Test(arguments: RuleRegistry.all.map(\.description))
  func `a rule has a flagged and an allowed example and says why it matters`(_ rule: RuleDescription) {
    #expect(rule.examples.contains { $0.expectation == .allowed }, "\(rule.code)")
    #expect(rule.examples.contains { $0.expectation != .allowed }, "\(rule.code)")
    for example in rule.examples where example.expectation != .allowed {
      #expect(example.text.contains("⟦"), "\(rule.code): a flagged example must mark what it underlines")
    }
    #expect(rule.rationale.count > 80, "\(rule.code)")
    #expect(!rule.summary.hasSuffix("."), "\(rule.code)")
    #expect(rule.summary.first?.isLowercase == true || rule.summary.first == "`", "\(rule.code)")
    #expect(rule.slug.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(rule.code)")
  }

  @Test
  func `each file in Rules is one registered rule, named as its slug`() throws {
    let files = try ["Validators/Rules", "VaultPolicy/Linting/Checks"].flatMap { path in
      let folder = RepositoryLayout.root.appending(path: "Sources/\(path)")
      return try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        .map { $0.deletingPathExtension().lastPathComponent }
    }
    let named = RuleRegistry.all.map { rule in
      rule.description.slug.split(separator: "-").map(\.capitalized).joined().lowercased()
    }
    #expect(Set(files.map { $0.lowercased() }) == Set(named))
  }
}
