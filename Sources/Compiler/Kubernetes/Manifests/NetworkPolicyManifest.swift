import Emitters
import GatewaySpec
import SourceDiagnostics

extension ManifestKind {
  /// Default deny with exactly what the spec implies: callers, the ingress controller and Prometheus may come in; the way out
  /// leads to DNS, the providers, Vault, the database, the collector of traces and what the spec adds.
  static let networkPolicy = ManifestKind(single: "network-policy.yaml") { gateway in
    guard gateway.spec.network.value.policy.value == .strict else { return nil }
    let policy: YAMLValue = [
      "apiVersion": "networking.k8s.io/v1",
      "kind": "NetworkPolicy",
      "metadata": gateway.metadata(gateway.name, annotations: gateway.neededByMigration),
      "spec": [
        // One label alone: Polaris takes a selector with two labels of the pod for none. It covers the migration too.
        "podSelector": ["matchLabels": ["app.kubernetes.io/instance": .string(gateway.name)]],
        "policyTypes": ["Ingress", "Egress"],
        "ingress": .sequence(gateway.ingressSources.map { $0.rule(toPort: gateway.portName) }),
        "egress": .sequence([gateway.dnsRule] + gateway.egressDestinations.map(\.rule)),
      ],
    ]
    return policy.from(gateway.spec.network.keySpan)
  }
}

/// A namespace whose pods may connect to the gateway.
struct IngressSource: Sendable {
  let namespace: String
  /// Who they are, for the comment.
  var users: [String]
  let origin: SourceSpan

  fileprivate func rule(toPort port: String) -> YAMLValue {
    let rule: YAMLValue = [
      "from": [YAMLValue.pods(ofNamespace: namespace)], "ports": [["port": .string(port), "protocol": "TCP"]],
    ]
    return rule.from(origin).commented("From \(users.joined(separator: ", ")).")
  }
}

extension ManifestContext {
  /// Who may connect to the pods, each namespace once. The kubelet's probes come from the node, which no policy keeps out.
  var ingressSources: [IngressSource] {
    var sources: [IngressSource] = []
    func add(_ namespace: Setting<KubernetesLabelName>, _ user: String) {
      if let index = sources.firstIndex(where: { $0.namespace == namespace.value.text }) {
        sources[index].users.append(user)
      } else {
        sources.append(IngressSource(namespace: namespace.value.text, users: [user], origin: namespace.span))
      }
    }
    if let ingress = spec.ingress?.value {
      let carrier = ingress.controller.value == .gatewayAPI ? "the Gateway" : ingress.controller.value.rawValue
      add(ingress.trafficNamespace(of: spec), carrier)
    }
    for caller in spec.network.value.callers?.value.elements ?? [spec.metadata.value.namespace] {
      add(caller, "callers in the cluster")
    }
    let observability = spec.observability.value
    if observability.metrics.value, metricsEndpoint != nil {
      add(observability.prometheusNamespace, "Prometheus")
    }
    return sources
  }

  /// The DNS pods, and the cache that some clusters run on every node (NodeLocal DNSCache's own address).
  fileprivate var dnsRule: YAMLValue {
    let dns = spec.network.value.dns.value
    let rule: YAMLValue = [
      "to": [
        YAMLValue.pods(ofNamespace: dns.namespace.value.text).from(dns.namespace.span),
        ["ipBlock": ["cidr": "169.254.20.10/32"]],
      ],
      "ports": [["port": dns.port.yaml, "protocol": "UDP"], ["port": dns.port.yaml, "protocol": "TCP"]],
    ]
    return rule.commented("For DNS.")
  }
}

extension YAMLValue {
  /// The pods of a namespace as a peer of a policy.
  static func pods(ofNamespace name: String) -> YAMLValue {
    ["namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": .string(name)]]]
  }
}
