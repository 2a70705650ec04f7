import Compiler
import Foundation
import SluiceTestSupport
import Testing

/// All manifests of all samples against the published schemas, in one process of Python: Kubernetes' own from the package
/// `kubernetes-validate`, those of the custom resources from `shared/schemas`.
@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: RepositoryLayout.shared.appending(path: "schemas").path),
    "the schemas of custom resources stand in ../shared, which is not here"))
struct Schemas {
  @Test func `every manifest is valid on old and new releases`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-schemas-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var count = 0
    for (name, spec) in try Sample.all() {
      let manifests = spec.compilation.artifacts.filter {
        $0.path.hasPrefix("kubernetes/") && !$0.path.hasSuffix("kustomization.yaml")
      }
      count += manifests.count
      try ArtifactWriter().write(manifests, to: folder.appending(path: name).path)
    }
    let result = try Self.validate(folder, "1.31,1.34")
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.hasPrefix("checked \(count) files"), "\(result.output)")
  }

  @Test func `a misspelt field would be found`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-schemas-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let service = try CompiledSpec(Sample.sluice)("kubernetes/service.yaml")
    try Data(service.replacing("targetPort", with: "targetPrt").utf8).write(to: folder.appending(path: "a.yaml"))
    let store = try CompiledSpec(Sample.litellm)("kubernetes/secret-store.yaml")
    try Data(store.replacing("server:", with: "serve:").utf8).write(to: folder.appending(path: "b.yaml"))
    let result = try Self.validate(folder, "1.34")
    #expect(result.status == 1)
    #expect(result.output.contains("targetPrt") && result.output.contains("serve"), "\(result.output)")
  }

  private static func validate(_ folder: URL, _ kubernetes: String) throws -> (status: Int32, output: String) {
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    let schemas = RepositoryLayout.shared.appending(path: "schemas").path
    python.arguments = ["python3", "-c", script, folder.path, schemas, kubernetes]
    let output = Pipe()
    python.standardOutput = output
    python.standardError = output
    try python.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    python.waitUntilExit()
    return (python.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }

  private static let script = """
    import json, pathlib, sys
    try:
        import jsonschema, kubernetes_validate, yaml
    except ImportError as error:
        sys.exit(f"{error}: run `python3 -m pip install kubernetes-validate jsonschema pyyaml`")
    folder, schemas, versions = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3].split(",")
    problems, validators, files = [], {}, sorted(folder.rglob("*.yaml"))
    for file in files:
        for document in yaml.safe_load_all(file.read_text()):
            where = f"{file.relative_to(folder)} {document['kind']}"
            group, _, api = document["apiVersion"].rpartition("/")
            try:
                if group in ("", "apps", "batch", "autoscaling", "policy", "networking.k8s.io"):
                    for version in versions:
                        kubernetes_validate.validate(document, version, strict=True)
                    continue
                path = schemas / group / f"{document['kind'].lower()}_{api}.json"
                if path not in validators:
                    validators[path] = jsonschema.Draft7Validator(json.loads(path.read_text()))
                for error in validators[path].iter_errors(document):
                    problems.append(f"{where}: {error.message}")
            except Exception as error:
                problems.append(f"{where}: {str(error)[:400]}")
    print(f"checked {len(files)} files", *problems, sep="\\n")
    sys.exit(1 if problems else 0)
    """
}
