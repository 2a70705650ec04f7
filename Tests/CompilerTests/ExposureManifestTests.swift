import Testing

@Suite struct `Ingress, Gateway and store manifests` {
  private static let ownGateway = Sample.litellm.replacing(
    "  paths: [/v1, /health]", with: "  controller: gateway-api\n  gateway: { className: envoy }")

  private func object(_ text: String, _ file: String) throws -> ManifestValue {
    try #require(ManifestValue.documents(of: try CompiledSpec(text)("kubernetes/\(file).yaml")).first)
  }

  @Test func `a Gateway of its own has one listener, for HTTPS, the host and this namespace`() throws {
    let spec = try object(Self.ownGateway, "gateway")["spec"]
    #expect(spec["gatewayClassName"].text == "envoy")
    #expect(spec["listeners"].items.count == 1)
    let listener = try #require(spec["listeners"].items.first)
    #expect(listener["protocol"].text == "HTTPS" && listener["port"].text == "443")
    #expect(listener["hostname"].text == "litellm.example.com")
    #expect(listener["tls"]["certificateRefs"].items.map { $0["name"].text } == ["litellm-tls"])
    #expect(listener["allowedRoutes"]["namespaces"]["from"].text == "Same")
    let parents = try object(Self.ownGateway, "http-route")["spec"]["parentRefs"].items
    #expect(parents.map { $0["name"].text } == ["litellm"])
  }

  @Test func `its certificate comes from the issuer that is named`() throws {
    let certificate = try object(Self.ownGateway, "certificate")["spec"]
    #expect(certificate["secretName"].text == "litellm-tls")
    #expect(certificate["dnsNames"].items == [.scalar("litellm.example.com")])
    #expect(certificate["issuerRef"]["kind"].text == "ClusterIssuer")
    #expect(certificate["issuerRef"]["name"].text == "letsencrypt-prod")
    let byHand = Self.ownGateway.replacing(", clusterIssuer: letsencrypt-prod", with: "")
    #expect(try !CompiledSpec(byHand).paths.contains("kubernetes/certificate.yaml"))
    let local = Self.ownGateway.replacing("clusterIssuer: letsencrypt-prod", with: "issuer: own")
    #expect(try object(local, "certificate")["spec"]["issuerRef"]["kind"].text == "Issuer")
  }

  @Test func `a Gateway that stands is named whole, and neither it nor its certificate is made`() throws {
    let spec = try CompiledSpec(Sample.vaultRuntime)
    let parents = try object(Sample.vaultRuntime, "http-route")["spec"]["parentRefs"].items
    #expect(
      parents.map { [$0["name"].text, $0["namespace"].text, $0["sectionName"].text] } == [
        ["shared", "gateways", "https"]
      ])
    #expect(!spec.paths.contains("kubernetes/gateway.yaml") && !spec.paths.contains("kubernetes/certificate.yaml"))
  }

  @Test func `Traefik gets the server's timeout through a transport of its own`() throws {
    let text = Sample.litellm.replacing("  paths: [/v1, /health]", with: "  controller: traefik")
    let transport = try object(text, "servers-transport")
    #expect(transport["spec"]["forwardingTimeouts"]["responseHeaderTimeout"].text == "10m0s")
    #expect(
      try object(text, "service").annotations["traefik.ingress.kubernetes.io/service.serverstransport"].text
        == "ai-services-litellm@kubernetescrd")
    let ingress = try object(text, "ingress")
    #expect(ingress.annotations["traefik.ingress.kubernetes.io/router.entrypoints"].text == "websecure")
    #expect(!ingress.annotations.entries.contains { $0.key.contains("nginx") })
    #expect(try !CompiledSpec(Sample.litellm).paths.contains("kubernetes/servers-transport.yaml"))
  }

  @Test func `a store of the whole cluster serves one namespace, and its references say theirs`() throws {
    let text = Sample.litellm.replacing("  refreshInterval: 1h", with: "  storeKind: ClusterSecretStore")
    let store = try object(text, "secret-store")
    #expect(store["kind"].text == "ClusterSecretStore")
    #expect(store["metadata"]["name"].text == "ai-services-litellm-litellm")
    #expect(!store["metadata"]["namespace"].exists)
    #expect(store["spec"]["conditions"].items.map { $0["namespaces"].items } == [[.scalar("ai-services")]])
    let vault = store["spec"]["provider"]["vault"]
    #expect(vault["caProvider"]["namespace"].text == "ai-services")
    #expect(vault["auth"]["kubernetes"]["serviceAccountRef"]["namespace"].text == "ai-services")
    let reference = try object(text, "external-secret")["spec"]["secretStoreRef"]
    #expect(reference["kind"].text == "ClusterSecretStore" && reference["name"] == store["metadata"]["name"])
    #expect(try object(Sample.litellm, "secret-store")["kind"].text == "SecretStore")
  }

  @Test func `pods take the class and the pull secrets of the spec`() throws {
    let text = Sample.sluice + "engine: { priorityClass: critical, imagePullSecrets: [registry] }\n"
    let deployment = try object(text, "deployment")
    let pod = deployment["spec"]["template"]["spec"]
    #expect(pod["priorityClassName"].text == "critical")
    #expect(pod["imagePullSecrets"].items.map { $0["name"].text } == ["registry"])
    #expect(deployment.annotations["ignore-check.kube-linter.io/priority-class-name"].exists)
    #expect(
      try object(Sample.sluice, "deployment").annotations["polaris.fairwinds.com/priorityClassNotSet-exempt"].exists)
  }

  @Test func `a rollout may stand still for as long as a start may take`() throws {
    func deadline(_ text: String) throws -> Int? {
      try object(text, "deployment")["spec"]["progressDeadlineSeconds"].number
    }
    #expect(try deadline(Sample.litellm) == 600)
    let slow = Sample.litellm.replacing(
      "    liveness:", with: "    startup: { period: 10s, failureThreshold: 60 }\n    liveness:")
    #expect(try deadline(slow) == 900)
  }

  @Test func `memory is requested as it is limited, unless the spec says otherwise`() throws {
    for text in [
      Sample.sluice,
      Sample.litellm.replacing("requests: { cpu: 500m, memory: 2Gi }", with: "requests: {}").replacing(
        "limits: { cpu: 2, memory: 2Gi }", with: "limits: {}"),
    ] {
      let container = try #require(try object(text, "deployment")["spec"]["template"]["spec"]["containers"].items.first)
      #expect(container["resources"]["requests"]["memory"] == container["resources"]["limits"]["memory"])
    }
  }

  @Test func `only what the operator copies and the process reads once restarts the pods`() throws {
    let annotation = "secret.reloader.stakater.com/reload"
    #expect(try object(Sample.litellm, "deployment").annotations[annotation].text == "litellm-litellm")
    let byHand = Sample.litellm.replacing("delivery: external-secrets", with: "delivery: environment")
    #expect(try !object(byHand, "deployment").annotations[annotation].exists)
  }

  @Test func `our runtime gets files, whatever the delivery`() throws {
    let deployment = try object(Sample.sluice, "deployment")
    #expect(!deployment.mappings.contains { $0["secretKeyRef"].exists })
    #expect(deployment.mappings.contains { $0["mountPath"].text == "/run/sluice/secrets" })
    #expect(deployment.annotations.entries.allSatisfy { !$0.key.hasPrefix("checkov.io/") })
  }
}
