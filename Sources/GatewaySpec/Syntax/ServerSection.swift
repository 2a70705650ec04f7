// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// How the gateway listens, and how Kubernetes watches it.
public struct ServerSection: SpecSection {
  public static let summary: StaticString = "How the gateway listens, and how Kubernetes watches it."

  public let port: Setting<Port>
  public let maxBodySize: Setting<Quantity>
  public let maxHeaderSize: Setting<Quantity>
  public let maxConnections: Setting<Int>
  public let maxConcurrentRequests: Setting<Int>
  public let requestTimeout: Setting<SpecDuration>
  public let headerTimeout: Setting<SpecDuration>
  public let idleTimeout: Setting<SpecDuration>
  public let streamIdleTimeout: Setting<SpecDuration>
  public let shutdownGracePeriod: Setting<SpecDuration>
  public let probes: Setting<ProbesSection>

  public init(from fields: inout FieldReader) {
    port = fields.defaulted("port", "The port that the gateway listens on.", to: Port(constant: "4000"))
    maxBodySize = fields.defaulted(
      "maxBodySize", "The largest request body; a larger one is answered 413.", to: Quantity(constant: "20Mi"))
    maxHeaderSize = fields.defaulted(
      "maxHeaderSize", "All header fields of a request together; larger ones are answered 431.",
      to: Quantity(constant: "64Ki"))
    maxConnections = fields.defaulted(
      "maxConnections", "How many clients may be connected to one replica; one more is answered 503.", to: 16_384,
      in: 1...1_000_000)
    maxConcurrentRequests = fields.defaulted(
      "maxConcurrentRequests", "How many requests one replica works on at a time; one more is answered 503.",
      to: 16_384, in: 1...1_000_000)
    requestTimeout = fields.defaulted(
      "requestTimeout", "The longest that one request may take, streams included.", to: .seconds(600))
    headerTimeout = fields.defaulted(
      "headerTimeout", "How long the header fields of a request may take to arrive.", to: .seconds(15))
    idleTimeout = fields.defaulted(
      "idleTimeout", "How long a client may be silent, between requests or inside a body.", to: .seconds(75))
    streamIdleTimeout = fields.defaulted(
      "streamIdleTimeout", "How long a provider may be silent inside a stream.", to: .seconds(120))
    shutdownGracePeriod = fields.defaulted(
      "shutdownGracePeriod", "How long running requests may go on after the pod is told to stop.", to: .seconds(150))
    probes = fields.section("probes", "The startup, liveness and readiness probes.")
  }
}

/// The three probes of the gateway's container.
public struct ProbesSection: SpecSection {
  public static let summary: StaticString = "The startup, liveness and readiness probes."

  public let startup: Setting<ProbeSection>?
  public let liveness: Setting<ProbeSection>?
  public let readiness: Setting<ProbeSection>?

  public init(from fields: inout FieldReader) {
    startup = fields.optional(
      "startup", "Holds the other probes back until the gateway has started.", omission: "by the engine's start time")
    liveness = fields.optional(
      "liveness", "Restarts the container when it fails.", omission: "the engine's liveness endpoint")
    readiness = fields.optional(
      "readiness", "Takes the pod out of the Service when it fails.", omission: "the engine's readiness endpoint")
  }

  /// What was written for one of them.
  public subscript(kind: ProbeKind) -> Setting<ProbeSection>? {
    switch kind {
    case .startup: startup
    case .liveness: liveness
    case .readiness: readiness
    }
  }
}

/// One probe, as far as it is written; ``ResolvedProbe`` fills in the rest.
public struct ProbeSection: SpecSection {
  public static let summary: StaticString = "An HTTP probe of the gateway's container."

  public let path: Setting<HTTPPath>?
  public let port: Setting<Port>?
  public let initialDelay: Setting<SpecDuration>?
  public let period: Setting<SpecDuration>?
  public let timeout: Setting<SpecDuration>?
  public let failureThreshold: Setting<Int>?
  public let successThreshold: Setting<Int>?

  public init(from fields: inout FieldReader) {
    path = fields.optional("path", "The endpoint that is asked.", omission: "the engine's endpoint for this probe")
    port = fields.optional("port", "The port that is asked.", omission: "`server.port`")
    initialDelay = fields.optional("initialDelay", "The wait before the first question.", omission: "0s")
    period = fields.optional("period", "The time between questions.", omission: "10s; liveness 15s")
    timeout = fields.optional("timeout", "How long an answer may take.", omission: "3s; liveness 5s")
    failureThreshold = fields.optional(
      "failureThreshold", "How many failures in a row count.", in: 1...1000,
      omission: "3; startup by the engine's start time")
    successThreshold = fields.optional(
      "successThreshold", "How many successes in a row count; 1 but for readiness.", in: 1...100, omission: "1")
  }
}
