import Emitters
import GatewaySpec
import SourceDiagnostics

/// A place that the pods may connect to. A NetworkPolicy knows no host names, so a host by name is any address on its port.
struct EgressDestination: Sendable {
  /// Where it lies.
  enum Place: Hashable, Sendable {
    /// Behind a Service of that namespace. The policy sees the port of the pods behind it, which the spec does not know.
    case namespace(String)
    /// On the public internet.
    case publicAddress(port: UInt16)
    /// Outside the cluster, in a private network perhaps: network plug-ins do not apply an `ipBlock` to pods.
    case outside(port: UInt16)
    /// Outside or in a pod of any namespace.
    case anywhere(port: UInt16)
    /// At these addresses.
    case range(String, port: UInt16)
  }

  let place: Place
  /// Who needs it, for the comment.
  var users: [String]
  let origin: SourceSpan

  /// The rule of the policy.
  var rule: YAMLValue {
    let more = users.count > 5 ? " and \(users.count - 5) more" : ""
    let comment = "For \(users.prefix(5).joined(separator: ", "))\(more)."
    let (peers, port): ([YAMLValue], UInt16?) =
      switch place {
      case .namespace(let name): ([.pods(ofNamespace: name)], nil)
      case .publicAddress(let port): (Self.addresses(except: Self.privateNetworks), port)
      case .outside(let port): (Self.addresses(except: Self.metadataServices), port)
      case .anywhere(let port):
        (Self.addresses(except: Self.metadataServices) + [["namespaceSelector": [:]]], port)
      case .range(let addresses, let port): ([["ipBlock": ["cidr": .string(addresses)]]], port)
      }
    let rule: YAMLValue = [
      "to": .sequence(peers),
      "ports": port.map { [["port": .integer(Int($0)), "protocol": "TCP"]] },
    ]
    return rule.from(origin).commented(comment)
  }

  /// Link-local addresses; under the first of them clouds serve metadata, credentials of the node among them (RFC 3927,
  /// RFC 4291).
  private static let linkLocal = ["169.254.0.0/16", "fe80::/10"]
  /// The same with Amazon's metadata service for IPv6.
  private static let metadataServices = linkLocal + ["fd00:ec2::/32"]
  /// What nobody reaches over the internet: pods, Services and neighbours (RFC 1918, RFC 6598, RFC 4193).
  private static let privateNetworks =
    ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"] + linkLocal

  /// Every address but those.
  private static func addresses(except networks: [String]) -> [YAMLValue] {
    [("0.0.0.0/0", false), ("::/0", true)].map { cidr, isVersion6 in
      let excepted = networks.filter { $0.contains(":") == isVersion6 }
      return ["ipBlock": ["cidr": .string(cidr), "except": .strings(excepted)]]
    }
  }
}

extension ManifestContext {
  /// Where the pods connect to besides DNS, each place once, in the order of the spec's sections.
  var egressDestinations: [EgressDestination] {
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
      add(place(of: vault.value.address.value.destination), for: "Vault", from: vault.value.address.span)
    }
    if let (place, origin) = databasePlace { add(place, for: "the database", from: origin) }
    // Many providers share a type, and so an address to parse.
    var publicPlaces: [String: EgressDestination.Place] = [:]
    for provider in spec.providers.value {
      let descriptor = provider.value.type.value.descriptor
      guard descriptor.dialect != .mock else { continue }
      let user = "provider \(provider.name.value)"
      if let baseURL = provider.value.baseURL {
        add(place(of: baseURL.value.destination), for: user, from: baseURL.span)
      } else if let known = publicPlaces[descriptor.id] ?? publicPlace(of: provider.value) {
        publicPlaces[descriptor.id] = known
        add(known, for: user, from: provider.name.span)
      }
    }
    if let traces = spec.observability.value.traces {
      add(place(of: traces.value.otlp.value.destination), for: "traces", from: traces.value.otlp.span)
    }
    for destination in spec.network.value.egress?.value.elements ?? [] {
      add(place(of: destination.value), for: destination.value.text, from: destination.span)
    }
    return destinations
  }

  /// Where the database is: what the spec says of it, else anywhere on PostgreSQL's port, for its URL is a secret. LiteLLM
  /// also takes the parts of a connection one by one.
  private var databasePlace: (EgressDestination.Place, SourceSpan)? {
    if let database = spec.database?.value {
      if let server = database.server { return (place(of: server.value), server.span) }
      return (.anywhere(port: 5432), database.url.span)
    }
    let variables = spec.engine.value.env.value
    guard spec.engine.value.type.value == .litellm,
      let host = variables.first(where: { $0.name.value.text == "DATABASE_HOST" })
    else { return nil }
    // The host may have its port with it, as Prisma takes it.
    let written = try? NetworkDestination(parsing: host.value.text)
    let destination = written ?? (try? NetworkDestination(parsing: host.value.text + ":5432"))
    return (destination.map(place) ?? .anywhere(port: 5432), host.setting.span)
  }

  /// The public address of a provider's API.
  private func publicPlace(of provider: ProviderSection) -> EgressDestination.Place? {
    provider.address.map { .publicAddress(port: $0.effectivePort.number) }
  }

  /// A host `service`, `service.namespace.svc` or `service.namespace.svc.cluster.local` is a Service. `service.namespace` is
  /// one as well, but looks like `example.com`, and so is taken for a host outside.
  private func place(of destination: NetworkDestination) -> EgressDestination.Place {
    let port = destination.port.number
    switch destination.host {
    case .range(let addresses): return .range(addresses, port: port)
    case .name(let host):
      let labels = host.split(separator: ".")
      if labels.count == 1 { return .namespace(namespace) }
      if labels.count >= 3, labels[2] == "svc" { return .namespace(String(labels[1])) }
      return .outside(port: port)
    }
  }
}
