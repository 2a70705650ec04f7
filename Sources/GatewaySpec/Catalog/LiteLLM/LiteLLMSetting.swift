/// A setting that LiteLLM 1.109.1 reads from its configuration file and that `engine.settings` may give.
///
/// Secrets, the database and what other sections of the spec decide are not among them, and `store_model_in_db` is not: the
/// file is the truth.
public struct LiteLLMSetting: Sendable {
  /// Its name.
  public let key: String
  /// The section of LiteLLM's file that it stands in.
  public let section: Section
  /// What it takes.
  public let kind: Kind
  /// Whether it is about what LiteLLM keeps in its database, and so without effect where there is none.
  public let needsDatabase: Bool

  /// A section of LiteLLM's file.
  public enum Section: String, CaseIterable, Sendable {
    case router = "router_settings"
    case litellm = "litellm_settings"
    case general = "general_settings"
  }

  /// What a setting takes. Any of them may be a reference to an environment variable, `os.environ/NAME`.
  public indirect enum Kind: Sendable {
    /// `true` or `false`.
    case flag
    /// A whole number.
    case count
    /// A number, often of seconds.
    case number
    case text
    /// A length of time as a text, such as `30d`.
    case period
    case choice([String])
    case list
    /// A mapping; the kinds of the keys that are known, and whether there are no others.
    case map([String: Kind] = [:], isClosed: Bool = false)

    /// The kind in words: "a whole number".
    public var description: String {
      switch self {
      case .flag: "`true` or `false`"
      case .count: "a whole number"
      case .number: "a number"
      case .text: "a text"
      case .period: "a length of time such as `30d`"
      case .choice(let words): "one of " + words.map { "`\($0)`" }.joined(separator: ", ")
      case .list: "a list"
      case .map: "a mapping"
      }
    }
  }

  init(_ key: String, _ section: Section, _ kind: Kind, needsDatabase: Bool = false) {
    self.key = key
    self.section = section
    self.kind = kind
    self.needsDatabase = needsDatabase
  }

  private static let byKey = Dictionary(all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

  /// The setting of that name.
  public static func named(_ key: String) -> LiteLLMSetting? { byKey[key] }

  /// The settings that are compiled from a section of the spec, and which one decides.
  public static let decidedElsewhere: [String: String] = [
    "cooldown_time": "routing.cooldown", "database_connection_pool_limit": "database.poolSize",
    "database_url": "database.url", "disable_cooldowns": "routing.cooldown",
    "disable_prisma_schema_update": "database.migrate", "fallbacks": "models.*.fallbacks",
    "json_logs": "observability.logs", "master_key": "auth.masterKey", "model_list": "models",
    "num_retries": "routing.retries", "request_timeout": "server.requestTimeout",
    "routing_strategy": "routing.strategy", "timeout": "routing.timeout",
  ]
}
