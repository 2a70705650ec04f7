import Testing

@Suite struct Hardening {
  @Test(arguments: HardeningCatalog.checks)
  func `a row of the catalogue holds for every golden case`(_ check: HardeningCheck) {
    #expect(!ManifestSet.golden.isEmpty)
    guard case .holds(let problems) = check.verdict else { return }
    for set in ManifestSet.golden {
      let found = problems(set)
      #expect(found.isEmpty, "\(set.name): \(found.joined(separator: ", "))")
    }
  }

  @Test(arguments: HardeningCatalog.checks)
  func `a row finds its fault where it is`(_ check: HardeningCheck) {
    guard case .holds(let problems) = check.verdict else { return }
    #expect(!problems(.insecure).isEmpty)
  }

  @Test func `the catalogue is whole`() {
    #expect(HardeningCatalog.checks.map(\.number) == Array(1...91))
  }
}
