/// One method on one path that an engine serves: what probes, ingress paths and the runtime's routes are checked
/// against.
public struct Endpoint: Hashable, Sendable {
  /// An HTTP request method.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
  }

  /// Who may call it.
  public enum Access: Hashable, Sendable {
    /// Anybody.
    case open
    /// A caller with the master key or a virtual key.
    case key
    /// A caller with the master key.
    case masterKey
  }

  /// What it is for, which decides whether an ingress should publish it.
  public enum Purpose: Hashable, Sendable, CaseIterable {
    case inference, health, metrics, documentation, management, administration
  }

  /// What else happens when it is called.
  public struct Effects: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// Makes a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// It calls each model's provider, which costs money and takes seconds.
    public static let callsProviders = Effects(rawValue: 1)
    /// Its answer depends on the database.
    public static let dependsOnDatabase = Effects(rawValue: 2)
  }

  /// The request method.
  public let method: Method
  /// The path; a segment `{name}` stands for any one segment.
  public let path: String
  /// Who may call it.
  public let access: Access
  /// What it is for.
  public let purpose: Purpose
  /// What else happens.
  public let effects: Effects
  /// What our own runtime does for it; `nil` in the tables of other engines.
  public let operation: GatewayOperation?
  /// A sentence for documentation.
  public let summary: String

  /// Describes an endpoint.
  public init(
    _ method: Method, _ path: String, _ access: Access, _ purpose: Purpose, effects: Effects = [],
    operation: GatewayOperation? = nil, _ summary: String
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.purpose = purpose
    self.effects = effects
    self.operation = operation
    self.summary = summary
  }

  /// Whether a request path (without query) is one of this endpoint's.
  public func matches(path candidate: some StringProtocol) -> Bool {
    if !path.utf8.contains(UInt8(ascii: "{")) { return path == candidate }
    let pattern = path.split(separator: "/", omittingEmptySubsequences: false)
    let segments = candidate.split(separator: "/", omittingEmptySubsequences: false)
    return pattern.count == segments.count
      && zip(pattern, segments).allSatisfy { $0.hasPrefix("{") ? !$1.isEmpty : $0 == $1 }
  }
}

/// What our own runtime does for an endpoint.
public enum GatewayOperation: Hashable, Sendable, CaseIterable {
  case liveness
  case readiness
  case listModels
  case retrieveModel
  case chatCompletions
}

/// All endpoints of one engine: the runtime routes from it, the validators check probes and ingress paths against it.
public struct EndpointTable: Sendable {
  /// The endpoints, in the order of documentation.
  public let endpoints: [Endpoint]

  /// Makes a table.
  public init(_ endpoints: [Endpoint]) {
    self.endpoints = endpoints
  }

  /// The endpoints that serve a path, whatever the method.
  public func endpoints(at path: some StringProtocol) -> [Endpoint] {
    endpoints.filter { $0.matches(path: path) }
  }

  /// The endpoint that serves a method on a path.
  public func endpoint(_ method: Endpoint.Method, at path: some StringProtocol) -> Endpoint? {
    endpoints.first { $0.method == method && $0.matches(path: path) }
  }
}
