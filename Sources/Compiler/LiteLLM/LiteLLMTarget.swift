extension CompilationTarget {
  /// LiteLLM's own configuration, the same as in the ConfigMap, for trying it out beside a cluster.
  static let litellm = CompilationTarget("litellm", summary: "LiteLLM's config.yaml (engine litellm)") {
    compilation, _ in
    guard let configuration = compilation.litellmConfiguration else { return [] }
    return [Artifact(path: "litellm/config.yaml", text: configuration)]
  }
}
