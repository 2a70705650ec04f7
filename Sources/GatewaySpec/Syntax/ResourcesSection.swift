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

  public init(from fields: inout FieldReader) {
    cpu = fields.section("cpu", "CPU requests and limits of a replica.")
    memory = fields.section("memory", "Memory requests and limits of a replica.")
    replicas = fields.section("replicas", "Replicas, fixed or by autoscaling.")
    refreshInterval = fields.section("refreshInterval", "How often secrets may be read from Vault.")
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
