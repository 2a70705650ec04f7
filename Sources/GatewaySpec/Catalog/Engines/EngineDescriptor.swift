/// What Sluice knows about an engine: the data that rules, compiler and runtime share.
public struct EngineDescriptor: Sendable {
  /// The name under which people know it.
  public let displayName: String
  /// The newest release whose facts stand here; it is taken when the spec names none.
  public let newestVersion: EngineVersion
  /// Releases that must not run, and what is wrong with each: "was …".
  public let withdrawnVersions: [String: String]
  /// The repository of its own image; the tag is `v` and the version.
  public let imageRepository: String
  /// What it serves.
  public let endpoints: EndpointTable
  /// How long it takes from start to the first answer on a small machine, migrations left out.
  public let startTime: SpecDuration
  /// The least memory with which one replica runs under load without being killed.
  public let minimumMemory: Quantity
  /// CPU and memory of a replica where the spec says nothing.
  public let defaultResources: DefaultResources
  /// The endpoints that probes ask where the spec says nothing.
  public let probePaths: [ProbeKind: HTTPPath]
  /// The environment variables by which it takes the secrets that have a fixed role.
  public let roleVariables: RoleVariables
  /// Environment variables that look as if it read them and that it does not read, and what to write instead.
  public let unreadVariables: [String: String]
  /// Settings of the spec that it does not act on, and what holds instead: "it …".
  public let unreadSettings: [EngineSetting: String]
  /// Whether it reads Vault itself. Neither engine does in this release; the runtime's own login is planned.
  public let readsVault: Bool
  /// Whether it takes secrets as mounted files, one a secret.
  public let readsSecretFiles: Bool
  /// Whether a change of a mounted secret reaches the running process.
  public let reloadsSecrets: Bool

  /// CPU and memory of a replica.
  public struct DefaultResources: Sendable {
    /// CPU that is set aside, in cores.
    public let cpuRequest: Quantity
    /// CPU that may be used, in cores.
    public let cpuLimit: Quantity
    /// Memory that is set aside, in bytes.
    public let memoryRequest: Quantity
    /// Memory that may be used, in bytes.
    public let memoryLimit: Quantity
    /// Disk that is set aside, in bytes.
    public let ephemeralStorageRequest: Quantity
    /// Disk that may be used, in bytes.
    public let ephemeralStorageLimit: Quantity
  }

  /// The environment variables for secrets with a fixed role; `nil` where any name does.
  public struct RoleVariables: Sendable {
    /// The key of the administrators.
    public let masterKey: EnvironmentVariableName?
    /// The key that encrypts what is stored.
    public let saltKey: EnvironmentVariableName?
    /// The connection URL of the database.
    public let databaseURL: EnvironmentVariableName?
  }
}

/// One of the three probes of a container.
public enum ProbeKind: String, CaseIterable, Sendable {
  case startup, liveness, readiness
}

extension EngineDescriptor {
  /// LiteLLM's proxy. Times and sizes are measured on release 1.109.1; its documentation asks for 4 CPU and 8 GiB for an
  /// instance in production.
  public static let litellm = EngineDescriptor(
    displayName: "LiteLLM",
    newestVersion: EngineVersion(constant: "1.109.1"),
    withdrawnVersions: [
      "1.82.7": "was published with code that steals credentials (BerriAI/litellm#24512)",
      "1.82.8": "was published with code that steals credentials (BerriAI/litellm#24512)",
    ],
    imageRepository: "ghcr.io/berriai/litellm",
    endpoints: .litellm,
    startTime: .seconds(60),
    minimumMemory: Quantity(constant: "512Mi"),
    defaultResources: DefaultResources(
      cpuRequest: Quantity(constant: "1"), cpuLimit: Quantity(constant: "4"),
      memoryRequest: Quantity(constant: "2Gi"), memoryLimit: Quantity(constant: "2Gi"),
      ephemeralStorageRequest: Quantity(constant: "256Mi"), ephemeralStorageLimit: Quantity(constant: "1Gi")),
    probePaths: [
      .startup: HTTPPath(constant: "/health/readiness"), .liveness: HTTPPath(constant: "/health/liveliness"),
      .readiness: HTTPPath(constant: "/health/readiness"),
    ],
    roleVariables: RoleVariables(
      masterKey: EnvironmentVariableName(constant: "LITELLM_MASTER_KEY"),
      saltKey: EnvironmentVariableName(constant: "LITELLM_SALT_KEY"),
      databaseURL: EnvironmentVariableName(constant: "DATABASE_URL")),
    unreadVariables: [
      "RUN_MIGRATION": "write `database: { migrate: job }`; the compiled Job migrates once",
      "USE_PRISMA_MIGRATE": "`prisma migrate deploy` is the default; remove the variable",
    ],
    unreadSettings: [
      .routingBackoff: "it waits by a rule of its own, and not at all while another target is healthy",
      .routingBreaker:
        "it leaves a target alone after a 429, or when more than half of a minute's requests have failed",
    ],
    readsVault: false,
    readsSecretFiles: false,
    reloadsSecrets: false)

  /// Sluice's own runtime.
  public static let sluice = EngineDescriptor(
    displayName: "Sluice",
    newestVersion: EngineVersion(constant: "0.1.0"),
    withdrawnVersions: [:],
    imageRepository: "ghcr.io/sluice/sluice",
    endpoints: .sluice,
    startTime: .seconds(2),
    minimumMemory: Quantity(constant: "32Mi"),
    defaultResources: DefaultResources(
      cpuRequest: Quantity(constant: "200m"), cpuLimit: Quantity(constant: "2"),
      memoryRequest: Quantity(constant: "128Mi"), memoryLimit: Quantity(constant: "128Mi"),
      ephemeralStorageRequest: Quantity(constant: "64Mi"), ephemeralStorageLimit: Quantity(constant: "256Mi")),
    probePaths: [
      .startup: HTTPPath(constant: "/health/readiness"), .liveness: HTTPPath(constant: "/health/liveliness"),
      .readiness: HTTPPath(constant: "/health/readiness"),
    ],
    roleVariables: RoleVariables(masterKey: nil, saltKey: nil, databaseURL: nil),
    unreadVariables: [:],
    unreadSettings: [
      .metrics: "it serves no metrics",
      .traces: "it sends no traces",
      .engineSettings: "it takes all its settings from the other sections",
    ],
    readsVault: false,
    readsSecretFiles: true,
    reloadsSecrets: true)
}
