import Emitters
import GatewaySpec
import SourceDiagnostics

extension ManifestKind {
  /// Default deny with exactly what the spec implies: callers from the cluster, and the way out to DNS, providers, Vault,
  /// the database and the collector of traces.
  static let networkPolicy = ManifestKind(single: "network-policy.yaml") { gateway in
    guard gateway.spec.network.value.policy.value == .strict else { return nil }
    let port = gateway.spec.server.value.port
    let callers: YAMLValue = [
      "from": [["namespaceSelector": [:]]],
      "ports": [["port": .string(gateway.portName), "protocol": "TCP"]],
    ]
    let policy: YAMLValue = [
      "apiVersion": "networking.k8s.io/v1",
      "kind": "NetworkPolicy",
      "metadata": gateway.metadata(gateway.name, annotations: gateway.neededByMigration),
      "spec": [
        // One label alone: Polaris takes a selector with two labels of the pod for none. It covers the migration too.
        "podSelector": ["matchLabels": ["app.kubernetes.io/instance": .string(gateway.name)]],
        "policyTypes": ["Ingress", "Egress"],
        "ingress": [callers.from(port.span)],
        "egress": .sequence([.dns] + gateway.destinations.map(\.rule)),
      ],
    ]
    return policy.from(gateway.spec.network.keySpan)
  }
}

/// A place that the pods may connect to. A NetworkPolicy knows no host names, so an outside host is any address on its port.
struct EgressDestination: Sendable {
  /// Where it lies.
  enum Place: Hashable, Sendable {
    /// Behind a Service of that namespace. The policy sees the port of the pods behind it, which the spec does not know.
    case namespace(String)
    /// Anywhere outside the cluster, on that port: network plug-ins do not apply an `ipBlock` to pods.
    case outside(port: UInt16)
    /// Anywhere, in a pod of any namespace too, on that port.
    case anywhere(port: UInt16)
  }

  let place: Place
  /// Who needs it, for the comment.
  var users: [String]
  let origin: SourceSpan

  fileprivate var rule: YAMLValue {
    let more = users.count > 5 ? " and \(users.count - 5) more" : ""
    let comment = "For \(users.prefix(5).joined(separator: ", "))\(more)."
    let rule: YAMLValue =
      switch place {
      case .namespace(let name):
        ["to": [["namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": .string(name)]]]]]
      case .outside(let port):
        ["to": .sequence(Self.everyAddress), "ports": Self.ports(port)]
      case .anywhere(let port):
        ["to": .sequence(Self.everyAddress + [["namespaceSelector": [:]]]), "ports": Self.ports(port)]
      }
    return rule.from(origin).commented(comment)
  }

  private static let everyAddress: [YAMLValue] = [
    ["ipBlock": ["cidr": "0.0.0.0/0"]], ["ipBlock": ["cidr": "::/0"]],
  ]

  private static func ports(_ port: UInt16) -> YAMLValue { [["port": .integer(Int(port)), "protocol": "TCP"]] }
}

extension YAMLValue {
  fileprivate static let dns: YAMLValue = {
    let rule: YAMLValue = ["ports": [["port": 53, "protocol": "UDP"], ["port": 53, "protocol": "TCP"]]]
    return rule.commented("For DNS, wherever the node keeps its resolver.")
  }()
}

extension ManifestContext {
  /// Where the pods connect to, each place once, in the order of the spec's sections.
  var destinations: [EgressDestination] {
    var destinations: [EgressDestination] = []
    var indexByPlace: [EgressDestination.Place: Int] = [:]
    func add(_ place: EgressDestination.Place, for user: String, from origin: SourceSpan) {
      if let index = indexByPlace[place] {
        destinations[index].users.append(user)
      } else {
        indexByPlace[place] = destinations.count
        destinations.append(EgressDestination(place: place, users: [user], origin: origin))
      }
    }
    if secrets.carriage == .vault, let vault = spec.vault {
      add(place(of: vault.value.address.value), for: "Vault", from: vault.value.address.span)
    }
    if let database = spec.database {
      // Its host stands in a secret: it may be a pod or a server elsewhere.
      add(.anywhere(port: 5432), for: "the database, on PostgreSQL's own port", from: database.value.url.span)
    }
    // Many providers share a type, and so an address to parse.
    var publicPlaces: [String: EgressDestination.Place] = [:]
    for provider in spec.providers.value {
      let descriptor = provider.value.type.value.descriptor
      guard descriptor.dialect != .mock else { continue }
      let user = "provider \(provider.name.value)"
      if let baseURL = provider.value.baseURL {
        add(place(of: baseURL.value), for: user, from: baseURL.span)
      } else if let known = publicPlaces[descriptor.id] ?? provider.value.address.map(place) {
        publicPlaces[descriptor.id] = known
        add(known, for: user, from: provider.name.span)
      }
    }
    if let traces = spec.observability.value.traces {
      add(place(of: traces.value.otlp.value), for: "traces", from: traces.value.otlp.span)
    }
    return destinations
  }

  /// A host `service`, `service.namespace.svc` or `service.namespace.svc.cluster.local` is a Service. `service.namespace` is
  /// one as well, but looks like `example.com`, and so is taken for a host outside.
  private func place(of url: WebURL) -> EgressDestination.Place {
    let labels = url.host.split(separator: ".")
    if url.hostKind == .name {
      if labels.count == 1 { return .namespace(namespace) }
      if labels.count >= 3, labels[2] == "svc" { return .namespace(String(labels[1])) }
    }
    return .outside(port: url.effectivePort.number)
  }
}
