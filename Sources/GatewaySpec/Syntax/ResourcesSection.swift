// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// CPU and memory of one replica.
public struct ResourcesSection: SpecSection {
  public static let summary: StaticString = "CPU and memory of one replica."

  public let requests: Setting<ResourceAmounts>
  public let limits: Setting<ResourceAmounts>

  public init(from fields: inout FieldReader) {
    requests = fields.section("requests", "What the scheduler sets aside.")
    limits = fields.section("limits", "What the container may use at most.")
  }
}

/// Amounts of the resources of a container.
public struct ResourceAmounts: SpecSection {
  public static let summary: StaticString = "Amounts of CPU, memory and ephemeral storage."

  public let cpu: Setting<Quantity>?
  public let memory: Setting<Quantity>?
  public let ephemeralStorage: Setting<Quantity>?

  public init(from fields: inout FieldReader) {
    cpu = fields.optional("cpu", "CPU in cores, such as `200m` or `2`.", omission: "what the engine needs")
    memory = fields.optional("memory", "Memory in bytes, such as `512Mi`.", omission: "what the engine needs")
    ephemeralStorage = fields.optional(
      "ephemeralStorage", "Disk of the container itself, in bytes.", omission: "what the engine needs")
  }
}

/// What the organisation allows.
public struct BoundsSection: SpecSection {
  public static let summary: StaticString = "What the organisation allows."

  public let cpu: Setting<Range<Quantity>>
  public let memory: Setting<Range<Quantity>>
  public let replicas: Setting<Range<Int>>
  public let refreshInterval: Setting<Range<SpecDuration>>
  public let namespace: Setting<NamespaceQuota>

  public init(from fields: inout FieldReader) {
    cpu = fields.section("cpu", "CPU requests and limits of a replica.")
    memory = fields.section("memory", "Memory requests and limits of a replica.")
    replicas = fields.section("replicas", "Replicas, fixed or by autoscaling.")
    refreshInterval = fields.section("refreshInterval", "How often secrets may be read from Vault.")
    namespace = fields.section("namespace", "What all pods of the namespace may have together: its ResourceQuota.")
  }

  /// A least and a most, either of which may be left open.
  public struct Range<Bound: SpecScalar>: SpecSection {
    public static var summary: StaticString { "A least and a most, either of which may be left open." }

    public let min: Setting<Bound>?
    public let max: Setting<Bound>?

    public init(from fields: inout FieldReader) {
      min = fields.optional("min", "The least that is allowed.", omission: "open")
      max = fields.optional("max", "The most that is allowed.", omission: "open")
    }
  }
}

/// What all pods of a namespace may have together.
public struct NamespaceQuota: SpecSection {
  public static let summary: StaticString =
    "What all pods of the namespace may have together, as its ResourceQuota says."

  public let pods: Setting<Int>?
  public let requests: Setting<Totals>
  public let limits: Setting<Totals>

  public init(from fields: inout FieldReader) {
    pods = fields.optional("pods", "The most pods.", in: 1...100_000, omission: "open")
    requests = fields.section("requests", "The most that all pods ask for.")
    limits = fields.section("limits", "The most that all limits add up to.")
  }

  /// Sums over all pods.
  public struct Totals: SpecSection {
    public static let summary: StaticString = "Sums over all pods of the namespace, either of which may be left open."

    public let cpu: Setting<Quantity>?
    public let memory: Setting<Quantity>?

    public init(from fields: inout FieldReader) {
      cpu = fields.optional("cpu", "CPU in cores.", omission: "open")
      memory = fields.optional("memory", "Memory in bytes.", omission: "open")
    }
  }
}
