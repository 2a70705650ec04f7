import Foundation
import SluiceTestSupport
import Testing

/// Checkov's checks of Kubernetes manifests over all golden cases, in one process.
@Suite struct Checkov {
  @Test func `every check is passed, and only what LiteLLM leaves no choice about is skipped`() throws {
    let report = try Self.scan(RepositoryLayout.golden)
    // A spec that leaves connections to the cluster's own policies has none, which is its choice and not the compiler's.
    let open = ManifestSet.golden.filter { $0.all("NetworkPolicy").isEmpty }.map(\.name)
    #expect(
      report.failed.map { $0.split(separator: " ")[..<2].joined(separator: " ") }
        == open.map { "\($0)/kubernetes/deployment.yaml CKV2_K8S_6" }, "\(report.output)")
    #expect(report.passed > 80 * ManifestSet.golden.count, "\(report.output)")
    for skip in report.skipped {
      let parts = skip.split(separator: "/", maxSplits: 1)
      let set = try #require(ManifestSet.golden.first { $0.name == parts[0] }, "\(skip)")
      #expect(set.pods.allSatisfy { $0.labels["app.kubernetes.io/name"].text == "litellm" }, "\(skip)")
      #expect(skip.contains(" CKV_K8S_35 LiteLLM reads these secrets from its environment"), "\(skip)")
    }
  }

  @Test func `a weaker pod would be found`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-checkov-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let deployment = try CompiledSpec(Sample.vaultRuntime)("kubernetes/deployment.yaml")
    let weaker = deployment.replacing("readOnlyRootFilesystem: true", with: "readOnlyRootFilesystem: false")
    try Data(weaker.utf8).write(to: folder.appending(path: "deployment.yaml"))
    #expect(try Self.scan(folder).failed.map { $0.split(separator: " ")[1] }.contains("CKV_K8S_22"))
  }

  private struct Report {
    var passed = 0
    /// As `case/kubernetes/file.yaml CHECK resource`.
    var failed: [String] = []
    /// As `case/kubernetes/file.yaml CHECK reason`.
    var skipped: [String] = []
    let output: String
  }

  private static func scan(_ folder: URL) throws -> Report {
    let result = try OutsideProgram.python(
      script, [folder.path, RepositoryLayout.root.appending(path: ".build/checkov").path])
    #expect(result.status == 0, "\(result.output)")
    var report = Report(output: result.output)
    for line in result.lines {
      let parts = line.split(separator: " ", maxSplits: 1)
      switch parts[0] {
      case "PASSED": report.passed = Int(parts[1]) ?? 0
      case "FAILED": report.failed.append(String(parts[1]))
      case "SKIPPED": report.skipped.append(String(parts[1]))
      default: continue
      }
    }
    return report
  }

  /// Its program asks the network for things; its runner does not.
  private static let script = """
    import os, sys
    os.environ["LOG_LEVEL"] = "ERROR"
    sys.path.insert(0, sys.argv[2])
    try:
        from checkov.kubernetes.runner import Runner
        from checkov.runner_filter import RunnerFilter
    except ImportError as error:
        sys.exit(f"{error}: run `scripts/prepare test`")
    report = Runner().run(root_folder=sys.argv[1], runner_filter=RunnerFilter(framework=["kubernetes"]))
    print("PASSED", len(report.passed_checks))
    for record in report.failed_checks:
        print("FAILED", record.file_path.lstrip("/"), record.check_id, record.resource)
    for record in report.skipped_checks:
        print("SKIPPED", record.file_path.lstrip("/"), record.check_id, record.check_result["suppress_comment"])
    """
}
