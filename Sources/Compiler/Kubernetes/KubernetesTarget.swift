import Emitters
import GatewaySpec

extension CompilationTarget {
  /// The manifests, a file a kind, and the kustomization that lists them.
  static let kubernetes = CompilationTarget("kubernetes", summary: "Kubernetes manifests and a kustomization") {
    compilation, diagnostics in
    let gateway = ManifestContext(compilation)
    KubernetesLimits.check(gateway, &diagnostics)
    let files = ManifestKind.files(of: gateway)
    let kustomization: YAMLValue = [
      "apiVersion": "kustomize.config.k8s.io/v1beta1",
      "kind": "Kustomization",
      "resources": .strings(files.map(\.name)),
    ]
    let all = files + [("kustomization.yaml", [kustomization.from(gateway.spec.kind.span)])]
    return all.map { compilation.file("kubernetes/\($0.name)", $0.objects) }
  }
}
