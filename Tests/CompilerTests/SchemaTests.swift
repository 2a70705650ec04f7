import Compiler
import Emitters
import Foundation
import SluiceTestSupport
import Testing

/// All manifests of all golden cases and samples against the published schemas, in one process of Python: Kubernetes' own from the
/// package `kubernetes-validate`, every release from 1.29 on that a case is for; those of the custom resources from
/// `shared/schemas`.
@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: RepositoryLayout.shared.appending(path: "schemas").path),
    "the schemas of custom resources stand in ../shared, which is not here"))
struct Schemas {
  @Test func `every manifest is valid on every release that it is for`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-schemas-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var count = ManifestSet.golden.reduce(0) { $0 + $1.objects.count }
    for (name, spec) in try Sample.all() {
      let manifests = spec.compilation.artifacts.filter { $0.path.hasPrefix("kubernetes/") }
      try ArtifactWriter().write(manifests, to: folder.appending(path: name).path)
      count += manifests.filter { !$0.path.hasSuffix("kustomization.yaml") }
        .reduce(0) { $0 + ManifestValue.documents(of: $1.text.text).count }
    }
    let result = try Self.validate([RepositoryLayout.golden, folder])
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.hasPrefix("checked \(count) objects on 1.29 to "), "\(result.output)")
  }

  @Test func `a misspelt field would be found`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-schemas-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let manifests = folder.appending(path: "case/kubernetes")
    try FileManager.default.createDirectory(at: manifests, withIntermediateDirectories: true)
    let faults = [
      (Sample.sluice, "namespace", "nothing", "nothing"), (Sample.sluice, "service", "targetPort", "targetPrt"),
      (Sample.litellm, "secret-store", "server:", "serve:"),
      (Sample.manySources, "servers-transport", "dialTimeout", "dialTimeot"),
    ]
    for (sample, file, field, misspelt) in faults {
      let text = try CompiledSpec(sample, files: ["policies/edge.hcl": Sample.edgePolicy])("kubernetes/\(file).yaml")
      try Data(text.replacing(field, with: misspelt).utf8).write(to: manifests.appending(path: "\(file).yaml"))
    }
    let result = try Self.validate([folder])
    #expect(result.status == 1)
    for (_, file, field, misspelt) in faults where field != misspelt {
      #expect(result.output.contains(misspelt.replacing(":", with: "")), "\(file): \(result.output)")
    }
  }

  private static func validate(_ folders: [URL]) throws -> OutsideProgram.Result {
    let schemas = RepositoryLayout.shared.appending(path: "schemas").path
    return try OutsideProgram.python(script, [schemas] + folders.map(\.path))
  }

  /// Schemas are read once a release and kind: that is what takes the time.
  private static let script = """
    import importlib.resources, json, pathlib, sys
    try:
        import jsonschema, yaml
        from kubernetes_validate.utils import all_versions
        from referencing import Registry, Resource
    except ImportError as error:
        sys.exit(f"{error}: run `scripts/prepare test`")
    shared, *folders = map(pathlib.Path, sys.argv[1:])
    data = importlib.resources.files("kubernetes_validate") / "kubernetes-json-schema"
    parse = lambda version: tuple(map(int, version.lstrip("v").split(".")[:2]))
    releases = {parse(v): data / f"v{v}-local-strict" for v in all_versions() if parse(v) >= (1, 29)}
    groups = ("", "apps", "batch", "autoscaling", "policy", "networking.k8s.io")
    # Traefik publishes no schema by itself; this is the part of its CRD that is used.
    text, closed = {"type": "string"}, {"type": "object", "additionalProperties": False}
    timeouts = {name: text for name in ("dialTimeout", "responseHeaderTimeout", "idleConnTimeout")}
    transport = closed | {"properties": {"apiVersion": text, "kind": text, "metadata": {"type": "object"}, "spec":
        closed | {"properties": {"forwardingTimeouts": closed | {"properties": timeouts}}}}}
    registries, validators = {}, {}

    def builtin(release, document):
        group, _, version = document["apiVersion"].rpartition("/")
        name = "-".join(filter(None, [document["kind"].lower(), group.split(".")[0], version]))
        if (release, name) not in validators:
            if release not in registries:
                definitions = json.loads((releases[release] / "_definitions.json").read_text())
                registries[release] = Resource.from_contents(definitions) @ Registry()
            schema = json.loads((releases[release] / f"{name}.json").read_text())
            validators[release, name] = jsonschema.Draft202012Validator(schema, registry=registries[release])
        return validators[release, name]

    def custom(document):
        group, _, version = document["apiVersion"].rpartition("/")
        path = shared / group / f"{document['kind'].lower()}_{version}.json"
        if path not in validators:
            schema = transport if document["kind"] == "ServersTransport" else json.loads(path.read_text())
            validators[path] = jsonschema.Draft7Validator(schema)
        return validators[path]

    problems, count = [], 0
    for folder in (f for root in folders for f in sorted(root.glob("*/kubernetes"))):
        files = [f for f in sorted(folder.glob("*.yaml")) if f.name != "kustomization.yaml"]
        documents = [(f, d) for f in files for d in yaml.load_all(f.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))]
        oldest = next(parse(d["metadata"]["labels"]["pod-security.kubernetes.io/enforce-version"])
                      for _, d in documents if d["kind"] == "Namespace")
        for file, document in documents:
            count += 1
            where = f"{folder.parent.name}/{file.name} {document['kind']}"
            try:
                if document["apiVersion"].rpartition("/")[0] in groups:
                    for release in (r for r in releases if r >= oldest):
                        for error in builtin(release, document).iter_errors(document):
                            problems.append(f"{where} on {release}: {error.message[:400]}")
                else:
                    if document["apiVersion"] == "external-secrets.io/v1beta1":
                        # The operator's v1 is its v1beta1 under another name.
                        document["apiVersion"] = "external-secrets.io/v1"
                    problems += [f"{where}: {error.message[:400]}" for error in custom(document).iter_errors(document)]
            except Exception as error:
                problems.append(f"{where}: {str(error)[:400]}")
    newest = ".".join(map(str, max(releases)))
    print(f"checked {count} objects on 1.29 to {newest}", *problems, sep="\\n")
    sys.exit(1 if problems else 0)
    """
}
