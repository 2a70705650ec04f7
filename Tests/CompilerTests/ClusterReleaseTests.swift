import Testing

/// `cluster` chooses what is emitted.
@Suite struct `Cluster releases` {
  private func compiled(kubernetes: String, externalSecrets: String = "2.9.0", _ text: String) throws -> CompiledSpec {
    try CompiledSpec(
      text + "cluster: { kubernetesVersion: \"\(kubernetes)\", externalSecretsVersion: \(externalSecrets) }\n")
  }

  @Test(
    arguments: [
      ("1.26", false, false, false), ("1.27", true, true, false), ("1.29", true, true, false),
      ("1.30", true, true, true),
      ("1.36", true, true, true),
    ])
  func `fields come with the release that acts on them`(
    _ release: String, _ policy: Bool, _ labelKeys: Bool, _ sleep: Bool
  ) throws {
    let spec = try compiled(kubernetes: release, Sample.sluice)
    #expect(try spec("kubernetes/pod-disruption-budget.yaml").contains("unhealthyPodEvictionPolicy") == policy)
    #expect(try spec("kubernetes/deployment.yaml").contains("matchLabelKeys:") == labelKeys)
    #expect(try spec("kubernetes/deployment.yaml").contains("sleep:") == sleep)
    let leftOut = spec.findings.filter { $0.hasPrefix("GW9010") }
    #expect(leftOut.count == [policy, labelKeys, sleep].filter { !$0 }.count, "\(leftOut)")
  }

  @Test func `LiteLLM's image pauses by itself on an old release, so nothing is left out`() throws {
    let spec = try compiled(kubernetes: "1.29", Sample.litellm)
    #expect(
      try spec("kubernetes/deployment.yaml").contains(
        "preStop:\n            exec:\n              command:\n              - sleep\n"))
    #expect(spec.findings.filter { $0.hasPrefix("GW9010") } == [])
  }

  @Test(arguments: [
    ("0.9.13", "external-secrets.io/v1beta1"), ("0.16.0", "external-secrets.io/v1"),
    ("2.9.0", "external-secrets.io/v1"),
  ])
  func `stores and secrets have the version that the operator serves`(_ release: String, _ version: String) throws {
    let spec = try compiled(kubernetes: "1.31", externalSecrets: release, Sample.litellm)
    for file in ["secret-store", "external-secret"] {
      #expect(try spec("kubernetes/\(file).yaml").contains("apiVersion: \(version)\n"))
    }
  }

  @Test func `Pod Security is pinned to the release`() throws {
    let namespace = try compiled(kubernetes: "1.33", Sample.sluice)("kubernetes/namespace.yaml")
    for mode in ["enforce", "audit", "warn"] {
      #expect(namespace.contains("pod-security.kubernetes.io/\(mode): restricted\n"))
      #expect(namespace.contains("pod-security.kubernetes.io/\(mode)-version: v1.33\n"))
    }
  }
}
