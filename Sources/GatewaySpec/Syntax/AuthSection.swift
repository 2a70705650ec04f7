// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// Who may call the gateway.
public struct AuthSection: SpecSection {
  public static let summary: StaticString = "Who may call the gateway."

  public let masterKey: Setting<SecretReference>?
  public let saltKey: Setting<SecretReference>?
  public let keys: Setting<NamedEntries<EntryName, VirtualKeySection>>

  public init(from fields: inout FieldReader) {
    masterKey = fields.optional(
      "masterKey", "The key of the administrators; it opens every endpoint.", omission: "anybody may call")
    saltKey = fields.optional("saltKey", "The key that encrypts what LiteLLM stores in its database; it never changes.")
    keys = fields.section("keys", "The keys of the clients.")
  }
}

/// The key of one client, as code.
public struct VirtualKeySection: SpecSection {
  public static let summary: StaticString = "The key of one client: what it may call, how often and for how much."

  public let key: Setting<SecretReference>
  public let models: Setting<SpecList<ModelName>>?
  public let budget: Setting<BudgetSection>?
  public let limits: Setting<LimitsSection>?

  public init(from fields: inout FieldReader) {
    key = fields.required("key", "The secret that holds the key.")
    models = fields.optional(
      "models", "The models that it may ask for. What stands in for one of them is not looked for here.",
      omission: "all of them")
    budget = fields.optional("budget", "What it may spend, by the prices of the models.", omission: "any amount")
    limits = fields.optional("limits", "How often it may call.", omission: "any number of times")
  }
}

/// An amount of money for a period.
public struct BudgetSection: SpecSection {
  public static let summary: StaticString = "An amount of money for a period."

  public let limit: Setting<Money>
  public let period: Setting<SpecDuration>?

  public init(from fields: inout FieldReader) {
    limit = fields.required("limit", "The amount, such as `50 USD`.")
    period = fields.optional(
      "period", "When it starts again from nothing; what was spent is kept in memory and forgotten by a restart.",
      omission: "never")
  }
}

/// How often something may be called.
public struct LimitsSection: SpecSection {
  public static let summary: StaticString = "How often something may be called."

  public let requestsPerMinute: Setting<Int>?
  public let tokensPerMinute: Setting<Int>?
  public let parallelRequests: Setting<Int>?

  public init(from fields: inout FieldReader) {
    requestsPerMinute = fields.optional("requestsPerMinute", "Requests in a minute.", in: 1...Int(Int32.max))
    tokensPerMinute = fields.optional(
      "tokensPerMinute", "Tokens in a minute, counted after each answer.", in: 1...Int(Int32.max))
    parallelRequests = fields.optional("parallelRequests", "Requests at one time.", in: 1...Int(Int32.max))
  }
}
