import Testing

@Suite struct `Network policies` {
  /// The rules of the policy by their comments.
  private func rules(_ text: String) throws -> [Substring: ManifestValue] {
    let policy = try CompiledSpec(text)("kubernetes/network-policy.yaml")
    let spec = try #require(ManifestValue.documents(of: policy).first)["spec"]
    let comments = policy.split(separator: "\n").filter { $0.contains("# F") }.map { $0.drop { $0 != "F" }.dropLast() }
    let rules = spec["ingress"].items + spec["egress"].items
    #expect(comments.count == rules.count, "\(policy)")
    return Dictionary(zip(comments, rules), uniquingKeysWith: { first, _ in first })
  }

  private func namespace(of peer: ManifestValue) -> String? {
    peer["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"].text
  }

  @Test func `the controller, callers and Prometheus come in, and nobody else`() throws {
    let rules = try rules(Sample.litellm)
    let sources = rules.filter { $0.key.hasPrefix("From") }.mapValues { $0["from"].items.map(namespace) }
    #expect(
      sources == [
        "From nginx": ["ingress-nginx"], "From callers in the cluster": ["ai-services"],
        "From Prometheus": ["monitoring"],
      ])
  }

  @Test func `an unpublished gateway without metrics takes calls from its own namespace`() throws {
    let rules = try rules(Sample.sluice)
    #expect(rules.keys.filter { $0.hasPrefix("From") } == ["From callers in the cluster"])
    #expect(rules["From callers in the cluster"]?["ports"].items.map { $0["port"].text } == ["http"])
  }

  @Test func `the spec names callers, the controller's namespace and Prometheus'`() throws {
    let text = Sample.litellm.replacing(
      "  host: litellm.example.com", with: "  host: litellm.example.com\n  controllerNamespace: edge"
    )
    .replacing("{ metrics: true,", with: "{ metrics: true, prometheusNamespace: edge,")
    let rules = try rules(text + "network: { callers: [team-a, team-b] }\n")
    #expect(rules["From nginx, Prometheus"]?["from"].items.map(namespace) == ["edge"])
    #expect(rules.keys.filter { $0 == "From callers in the cluster" }.count == 1)
    #expect(!rules.values.contains { $0["from"].items.map(namespace) == ["ai-services"] })
  }

  @Test func `a public provider is on the internet alone, an address of the spec may be in a private network`() throws {
    let rules = try rules(Sample.sluice)
    let blocks = try #require(rules["For provider openai"])["to"].items.map { $0["ipBlock"] }
    let excepted = blocks.flatMap { $0["except"].items.compactMap(\.text) }
    #expect(blocks.map { $0["cidr"].text } == ["0.0.0.0/0", "::/0"])
    #expect(Set(excepted).isSuperset(of: ["10.0.0.0/8", "169.254.0.0/16", "fc00::/7"]))

    let written = try self.rules(
      Sample.sluice.replacing("{ type: openai,", with: "{ type: openai, baseURL: \"https://llm.example.com:8443/v1\","))
    let rule = try #require(written["For provider openai"])
    let own = rule["to"].items.flatMap { $0["ipBlock"]["except"].items.compactMap(\.text) }
    #expect(own.contains("169.254.0.0/16") && !own.contains("10.0.0.0/8"))
    #expect(rule["ports"].items.map { $0["port"].text } == ["8443"])
  }

  @Test(
    arguments: [
      ("10.20.0.15:5432", "10.20.0.15/32"), ("10.20.0.0/16:5432", "10.20.0.0/16"),
      ("\"[fd00::5]:5432\"", "fd00::5/128"),
    ])
  func `an address is opened by itself`(_ written: String, _ cidr: String) throws {
    let text = Sample.litellm.replacing("poolSize: 8", with: "server: \(written)")
    let rule = try #require(try rules(text)["For the database"])
    #expect(rule["to"].items.map { $0["ipBlock"]["cidr"].text } == [cidr])
    #expect(rule["ports"].items.map { $0["port"].text } == ["5432"])
  }

  @Test func `a service of the cluster is opened by its namespace`() throws {
    let text = Sample.litellm.replacing("poolSize: 8", with: "server: db.postgres.svc:5432")
    let rule = try #require(try rules(text)["For the database"])
    #expect(rule["to"].items.map(namespace) == ["postgres"])
  }

  @Test func `LiteLLM's own variable says where the database is`() throws {
    let text = Sample.litellm.replacing("database:\n  url: { secret: database-url }\n  poolSize: 8\n", with: "")
      .replacing("{ LITELLM_LOG: INFO }", with: "{ DATABASE_HOST: 10.1.2.3 }")
    let rule = try #require(try rules(text)["For the database"])
    #expect(rule["to"].items.map { $0["ipBlock"]["cidr"].text } == ["10.1.2.3/32"])
  }

  @Test func `DNS goes to the cluster's own pods, wherever the spec says they are`() throws {
    let usual = try #require(try rules(Sample.sluice)["For DNS"])
    #expect(usual["to"].items.compactMap(namespace) == ["kube-system"])
    #expect(usual["ports"].items.map { $0["protocol"].text } == ["UDP", "TCP"])
    let other = try #require(
      try rules(Sample.sluice + "network: { dns: { namespace: openshift-dns, port: 5353 } }\n")["For DNS"])
    #expect(other["to"].items.compactMap(namespace) == ["openshift-dns"])
    #expect(other["ports"].items.map { $0["port"].text } == ["5353", "5353"])
  }

  @Test func `what else the pods call is written in the spec`() throws {
    let text = Sample.sluice + "network: { egress: [\"redis.cache.svc:6379\", langfuse.example.com:443] }\n"
    let rules = try rules(text)
    #expect(rules["For redis.cache.svc:6379"]?["to"].items.map(namespace) == ["cache"])
    #expect(rules["For langfuse.example.com:443"]?["ports"].items.map { $0["port"].text } == ["443"])
  }

  @Test func `without a policy the pods carry the exemption`() throws {
    let deployment = try CompiledSpec(Sample.sluice + "network: { policy: none }\n")("kubernetes/deployment.yaml")
    #expect(deployment.contains("polaris.fairwinds.com/missingNetworkPolicy-exempt: \"true\"\n"))
  }
}
