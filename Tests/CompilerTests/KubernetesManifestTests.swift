import Compiler
import Emitters
import GatewaySpec
import Testing

@Suite struct `Kubernetes manifests` {
  @Test func `every file starts with a header that names the spec and no path`() throws {
    let spec = try CompiledSpec(Sample.litellm, name: "/somewhere/else/gateway.yaml")
    for artifact in spec.compilation.artifacts {
      let lines = artifact.text.text.split(separator: "\n", maxSplits: 2)
      let header = lines.first == "#!/bin/sh" ? lines[1] : lines[0]
      #expect(header == "# Compiled by sluice from gateway.yaml; change that and compile again.", "\(artifact.path)")
      #expect(!artifact.text.text.contains("somewhere"), "\(artifact.path)")
      #expect(artifact.text.text.hasSuffix("\n") && !artifact.text.text.hasSuffix("\n\n"), "\(artifact.path)")
    }
  }

  @Test func `the kustomization lists every other file`() throws {
    let spec = try CompiledSpec(Sample.litellm)
    let kustomization = try spec("kubernetes/kustomization.yaml")
    for path in spec.paths where path.hasPrefix("kubernetes/") && !path.hasSuffix("kustomization.yaml") {
      #expect(kustomization.contains("- \(path.dropFirst("kubernetes/".count))\n"))
    }
  }

  @Test func `a small spec calls for no more than it needs`() throws {
    #expect(
      try CompiledSpec(Sample.sluice).paths == [
        "kubernetes/config-map.yaml", "kubernetes/deployment.yaml", "kubernetes/kustomization.yaml",
        "kubernetes/namespace.yaml", "kubernetes/network-policy.yaml", "kubernetes/pod-disruption-budget.yaml",
        "kubernetes/service-account.yaml", "kubernetes/service.yaml",
      ])
  }

  @Test func `under an autoscaler the deployment has no replicas and says so to Polaris`() throws {
    let scaled = try CompiledSpec(Sample.litellm)("kubernetes/deployment.yaml")
    #expect(!scaled.contains("replicas:"))
    #expect(scaled.contains(#"polaris.fairwinds.com/deploymentMissingReplicas-exempt: "true""#))
    let fixed = try CompiledSpec(Sample.sluice)("kubernetes/deployment.yaml")
    #expect(fixed.contains("\n  replicas: 2\n"))
    #expect(!fixed.contains("deploymentMissingReplicas"))
  }

  @Test func `LiteLLM gets its secrets by name, and Reloader restarts it`() throws {
    let deployment = try CompiledSpec(Sample.litellm)("kubernetes/deployment.yaml")
    #expect(
      deployment.contains(
        """
                - name: OPENAI_API_KEY
                  valueFrom:
                    secretKeyRef:
                      name: litellm-litellm
                      key: OPENAI_API_KEY
        """))
    #expect(deployment.contains("secret.reloader.stakater.com/reload: litellm-litellm\n"))
    #expect(deployment.contains("- name: DISABLE_SCHEMA_UPDATE\n          value: \"true\"\n"))
  }

  @Test func `our runtime gets its secrets as files, and Reloader restarts it while it reads them once`() throws {
    let spec = try CompiledSpec(Sample.manySources, files: ["policies/edge.hcl": Sample.edgePolicy])
    let deployment = try spec("kubernetes/deployment.yaml")
    #expect(deployment.contains("mountPath: /run/sluice/secrets\n"))
    #expect(!deployment.contains("secretKeyRef"))
    let reloader = "secret.reloader.stakater.com/reload: edge-keys,edge-team-keys,edge-database-creds-edge\n"
    #expect(deployment.contains(reloader) != EngineDescriptor.sluice.reloadsSecrets)
    #expect(!deployment.contains("CKV_K8S_35"))
  }

  @Test(.enabled(if: EngineDescriptor.sluice.readsVault, "the runtime does not read Vault yet"))
  func `a runtime that reads Vault runs as the login's account with a token for Vault alone`() throws {
    let spec = try CompiledSpec(Sample.vaultRuntime)
    let deployment = try spec("kubernetes/deployment.yaml")
    #expect(deployment.contains("serviceAccountName: gateway-vault\n      automountServiceAccountToken: false\n"))
    #expect(deployment.contains("- serviceAccountToken:\n              audience: vault\n"))
    #expect(try spec("kubernetes/network-policy.yaml").contains("# For Vault.\n"))
    #expect(!spec.paths.contains("kubernetes/secret-store.yaml"))
  }

  @Test func `the pods of an environment serve that environment`() throws {
    let text = Sample.sluice + "environments: { staging: { engine: { replicas: 1 } } }\n"
    let deployment = try CompiledSpec(text, environment: "staging")("kubernetes/deployment.yaml")
    #expect(deployment.contains("- --env\n        - staging\n"))
    #expect(try !CompiledSpec(text)("kubernetes/deployment.yaml").contains("--env"))
  }

  @Test func `the config map holds the spec byte for byte and the policy files beside it`() throws {
    let spec = try CompiledSpec(Sample.manySources, files: ["policies/edge.hcl": Sample.edgePolicy])
    let map = try spec("kubernetes/config-map.yaml")
    let indented = Sample.manySources.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    #expect(map.contains("  gateway.yaml: |\n\(indented)"))
    #expect(map.contains("  policies-edge.hcl: |"))
    #expect(
      try spec("kubernetes/deployment.yaml").contains("- key: policies-edge.hcl\n            path: policies/edge.hcl\n")
    )
  }

  @Test func `a change of the configuration changes the hash that rolls the pods`() throws {
    func hash(_ text: String) throws -> String? {
      try CompiledSpec(text)("kubernetes/deployment.yaml").split(separator: "\n")
        .first { $0.contains("configuration-hash") }.map(String.init)
    }
    let changed = Sample.litellm.replacing("claude-haiku-4-5", with: "claude-haiku-4-6")
    #expect(try hash(Sample.litellm) != hash(changed))
    #expect(try hash(Sample.litellm) == hash(Sample.litellm.replacing("max: 10", with: "max: 11")))
  }

  @Test func `External Secrets is asked for keys without the mount, and for a repeated one with a slash before it`()
    throws
  {
    let spec = try CompiledSpec(Sample.manySources, files: ["policies/edge.hcl": Sample.edgePolicy])
    let secrets = try spec("kubernetes/external-secret.yaml")
    #expect(secrets.contains("- secretKey: OPENAI_API_KEY\n    remoteRef:\n      key: openai\n      property: key\n"))
    #expect(secrets.contains("key: /keys/repeated\n"))
    #expect(secrets.contains("refreshInterval: 1h0m0s\n"))
    let stores = try spec("kubernetes/secret-store.yaml")
    #expect(stores.contains("path: keys\n      version: v2\n"))
    #expect(stores.contains("path: team/keys\n      version: v1\n"))
  }

  @Test func `dynamic credentials are read once for all their parts`() throws {
    let spec = try CompiledSpec(Sample.manySources, files: ["policies/edge.hcl": Sample.edgePolicy])
    let generators = try spec("kubernetes/vault-dynamic-secret.yaml")
    #expect(generators.split(separator: "\n").filter { $0 == "kind: VaultDynamicSecret" }.count == 1)
    #expect(generators.contains("path: database/creds/edge\n"))
    #expect(try spec("kubernetes/external-secret.yaml").contains(#"DB_USER: "{{ index . \"username\" }}""#))
  }

  @Test func `nginx gets the timeouts and the body size of the server`() throws {
    let ingress = try CompiledSpec(Sample.litellm)("kubernetes/ingress.yaml")
    #expect(ingress.contains("nginx.ingress.kubernetes.io/proxy-read-timeout: \"600\"\n"))
    #expect(ingress.contains("nginx.ingress.kubernetes.io/proxy-body-size: 20m\n"))
    #expect(ingress.contains("cert-manager.io/cluster-issuer: letsencrypt-prod\n"))
  }

  @Test(arguments: [("1Gi", "1g"), ("1536Ki", "1536k"), ("1M", "1000000"), ("20Mi", "20m"), ("1000Ki", "1000k")])
  func `a body size is written in nginx's own units`(_ quantity: String, _ size: String) throws {
    let text = Sample.litellm.replacing("maxBodySize: 20Mi", with: "maxBodySize: \(quantity)")
    let ingress = try CompiledSpec(text)("kubernetes/ingress.yaml")
    #expect(ingress.contains("proxy-body-size: \(size)\n") || ingress.contains("proxy-body-size: \"\(size)\"\n"))
  }

  @Test func `an annotation of the spec replaces the compiler's`() throws {
    let text = Sample.litellm.replacing(
      "  paths: [/v1, /health]", with: "  annotations: { nginx.ingress.kubernetes.io/proxy-read-timeout: \"900\" }")
    let ingress = try CompiledSpec(text)("kubernetes/ingress.yaml")
    #expect(ingress.contains("proxy-read-timeout: \"900\"\n"))
    #expect(ingress.split(separator: "\n").filter { $0.contains("proxy-read-timeout") }.count == 1)
  }

  @Test func `a gateway gets a route instead of an ingress`() throws {
    let spec = try CompiledSpec(Sample.vaultRuntime)
    let route = try spec("kubernetes/http-route.yaml")
    #expect(route.contains("parentRefs:\n  - name: shared\n"))
    #expect(route.contains("timeouts:\n      request: 10m\n"))
    #expect(!spec.paths.contains("kubernetes/ingress.yaml"))
  }

  @Test func `a route with many paths has several rules`() throws {
    let paths = (0..<130).map { "/v1/p\($0)" }.joined(separator: ", ")
    let route = try CompiledSpec(Sample.vaultRuntime.replacing("[/v1]", with: "[\(paths)]"))(
      "kubernetes/http-route.yaml")
    #expect(route.split(separator: "\n").filter { $0 == "  - matches:" }.count == 3)
  }

  @Test func `the network policy selects by one label and opens only what the spec implies`() throws {
    let policy = try CompiledSpec(Sample.litellm)("kubernetes/network-policy.yaml")
    #expect(
      policy.contains("podSelector:\n    matchLabels:\n      app.kubernetes.io/instance: litellm\n  policyTypes:\n"))
    #expect(policy.contains("# For provider openai, provider anthropic.\n"))
    #expect(policy.contains("kubernetes.io/metadata.name: models\n"))
    #expect(policy.contains("- port: 5432\n"))
    #expect(!policy.contains("Vault"))
    let none = Sample.litellm + "network: { policy: none }\n"
    #expect(try !CompiledSpec(none).paths.contains("kubernetes/network-policy.yaml"))
  }

  @Test func `a written limit never falls below a default request`() throws {
    let text = Sample.sluice + "resources: { limits: { memory: 64Mi, cpu: 100m } }\n"
    let deployment = try CompiledSpec(text)("kubernetes/deployment.yaml")
    #expect(deployment.contains("requests:\n            cpu: 100m\n            memory: 64Mi\n"))
  }

  @Test func `one replica has no budget, and an old cluster no pause in our runtime`() throws {
    let text = Sample.sluice + "engine: { replicas: 1 }\ncluster: { kubernetesVersion: \"1.26\" }\n"
    let spec = try CompiledSpec(text)
    #expect(!spec.paths.contains("kubernetes/pod-disruption-budget.yaml"))
    #expect(try !spec("kubernetes/deployment.yaml").contains("preStop"))
    #expect(try CompiledSpec(Sample.sluice)("kubernetes/deployment.yaml").contains("preStop"))
  }

  @Test func `a change of the migration makes a Job of another name, and no other change does`() throws {
    func name(_ text: String) throws -> Substring? {
      try CompiledSpec(text)("kubernetes/migration-job.yaml").split(separator: "\n").first { $0.contains("-migrate-") }
    }
    let first = try #require(try name(Sample.litellm))
    #expect(try name(Sample.litellm.replacing("cpu: 500m", with: "cpu: 600m")) != first)
    #expect(try name(Sample.litellm.replacing("team: ai-platform", with: "team: other")) != first)
    #expect(try name(Sample.litellm.replacing("max: 10", with: "max: 11")) == first)
    #expect(try name("# A comment above moves every place.\n" + Sample.litellm) == first)
  }

  @Test func `Argo CD makes what the migration needs, then the Job, then the rest`() throws {
    func waves(_ text: String) throws -> [String: Set<Substring>] {
      var waves: [String: Set<Substring>] = [:]
      for artifact in try CompiledSpec(text).compilation.artifacts {
        let lines = artifact.text.text.split(separator: "\n").filter { $0.contains("argocd.argoproj.io/sync-wave") }
        if !lines.isEmpty { waves[artifact.path] = Set(lines.map { $0.split(separator: " ")[1] }) }
      }
      return waves
    }
    let needed = [
      "namespace", "service-account", "secret-store", "external-secret", "config-map", "network-policy",
    ]
    var expected = Dictionary(uniqueKeysWithValues: needed.map { ("kubernetes/\($0).yaml", Set(["\"-2\""[...]])) })
    expected["kubernetes/migration-job.yaml"] = ["\"-1\""]
    #expect(try waves(Sample.litellm) == expected)
    #expect(try waves(Sample.litellm.replacing("poolSize: 8", with: "migrate: start")).isEmpty)
  }

  @Test func `the database may be a pod, a provider on the internet is not`() throws {
    let policy = try CompiledSpec(Sample.litellm)("kubernetes/network-policy.yaml")
    let rules = policy.split(separator: "# For ")
    let database = try #require(rules.first { $0.hasPrefix("the database") })
    let provider = try #require(rules.first { $0.hasPrefix("provider openai") })
    #expect(database.contains("- namespaceSelector: {}\n"), "\(database)")
    #expect(!provider.contains("namespaceSelector"), "\(provider)")
  }

  @Test func `a migration runs with the schema update on`() throws {
    let spec = try CompiledSpec(Sample.litellm)
    let job = try spec("kubernetes/migration-job.yaml")
    #expect(job.contains("- --skip_server_startup\n"))
    #expect(job.contains("- name: DISABLE_SCHEMA_UPDATE\n          value: \"false\"\n"))
    let atStart = Sample.litellm.replacing("poolSize: 8", with: "migrate: start")
    #expect(try !CompiledSpec(atStart).paths.contains("kubernetes/migration-job.yaml"))
    #expect(try !CompiledSpec(atStart)("kubernetes/deployment.yaml").contains("DISABLE_SCHEMA_UPDATE"))
  }

  @Test func `Prometheus shows the key that the endpoint asks for`() throws {
    let monitor = try CompiledSpec(Sample.litellm)("kubernetes/service-monitor.yaml")
    #expect(monitor.contains("path: /metrics\n"))
    #expect(monitor.contains("credentials:\n        name: litellm-litellm\n        key: LITELLM_MASTER_KEY\n"))
  }
}
