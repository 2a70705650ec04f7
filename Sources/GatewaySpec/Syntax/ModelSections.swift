// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// An AI provider that models are served by.
public struct ProviderSection: SpecSection {
  public static let summary: StaticString = "An AI provider that models are served by."

  public let type: Setting<ProviderType>
  public let apiKey: Setting<SecretReference>?
  public let baseURL: Setting<WebURL>?
  public let apiVersion: Setting<NonEmptyText>?
  public let region: Setting<CloudRegion>?
  public let accessKeyID: Setting<SecretReference>?
  public let secretAccessKey: Setting<SecretReference>?
  public let sessionToken: Setting<SecretReference>?

  public init(from fields: inout FieldReader) {
    type = fields.required("type", "Which provider, or `openai-compatible` for any server that speaks OpenAI's API.")
    apiKey = fields.optional("apiKey", "The secret that holds the provider's key.")
    baseURL = fields.optional("baseURL", "The address of its API.", omission: "the provider's public address")
    apiVersion = fields.optional(
      "apiVersion", "Azure OpenAI's version of its API, such as `2024-10-21`.", omission: "its API without versions")
    region = fields.optional("region", "The region of Amazon Bedrock.")
    accessKeyID = fields.optional("accessKeyID", "The secret that holds an access key's public half (Amazon Bedrock).")
    secretAccessKey = fields.optional(
      "secretAccessKey", "The secret that holds an access key's secret half (Amazon Bedrock).")
    sessionToken = fields.optional(
      "sessionToken", "The secret that holds the session token of a temporary access key (Amazon Bedrock).")
  }
}

/// A model that clients see, and what serves it.
public struct ModelSection: SpecSection {
  public static let summary: StaticString = "A model that clients see, and what serves it."

  public let targets: Setting<SpecList<TargetSection>>
  public let fallbacks: Setting<SpecList<ModelName>>
  public let contextFallbacks: Setting<SpecList<ModelName>>
  public let contentPolicyFallbacks: Setting<SpecList<ModelName>>
  public let price: Setting<PriceSection>?

  public init(from fields: inout FieldReader) {
    targets = fields.required("targets", "The provider's models that serve it, by weight.")
    fallbacks = fields.section("fallbacks", "The models that are tried, in order, when every target has failed.")
    contextFallbacks = fields.section(
      "contextFallbacks", "The models that are tried, in order, when the prompt is longer than this one takes.")
    contentPolicyFallbacks = fields.section(
      "contentPolicyFallbacks", "The models that are tried, in order, when a content filter refuses the prompt.")
    price = fields.optional(
      "price", "What its tokens cost, for the budgets of keys.", omission: "what the target says, or not known")
  }

  /// Every model that may stand in for it, for whatever reason.
  public var standIns: [Setting<ModelName>] {
    [fallbacks, contextFallbacks, contentPolicyFallbacks].flatMap { Array($0.value) }
  }
}

/// What the tokens of a model cost.
public struct PriceSection: SpecSection {
  public static let summary: StaticString = "What a million tokens of a model cost."

  public let input: Setting<Money>
  public let cachedInput: Setting<Money>?
  public let output: Setting<Money>?

  public init(from fields: inout FieldReader) {
    input = fields.required("input", "A million tokens of requests, such as `0.15 USD`.")
    cachedInput = fields.optional(
      "cachedInput", "A million tokens of requests that the provider had in its cache.", omission: "as `input`")
    output = fields.optional("output", "A million tokens of answers.", omission: "nothing, as for embeddings")
  }

  /// The settings that are written, by name.
  public var amounts: [(key: String, amount: Setting<Money>)] {
    [("input", input)]
      + [("cachedInput", cachedInput), ("output", output)].compactMap { name, amount in
        amount.map { (name, $0) }
      }
  }
}

/// A provider's model that serves a model.
public struct TargetSection: SpecSection {
  public static let summary: StaticString = "A provider's model that serves a model."

  public let provider: Setting<EntryName>
  public let model: Setting<ProviderModelName>
  public let deployment: Setting<ProviderModelName>?
  public let maxOutputTokens: Setting<Int>?
  public let weight: Setting<Int>
  public let tier: Setting<Int>
  public let timeout: Setting<SpecDuration>?
  public let price: Setting<PriceSection>?

  public init(from fields: inout FieldReader) {
    provider = fields.required("provider", "The name of the provider in `providers`.")
    model = fields.required("model", "The provider's name of the model.")
    deployment = fields.optional(
      "deployment", "The name of the deployment in Azure OpenAI.", omission: "the name of the model")
    maxOutputTokens = fields.optional(
      "maxOutputTokens", "The bound of an answer for clients that give none, where the provider asks for one.",
      in: 1...10_000_000, omission: "what is known of the model")
    weight = fields.defaulted(
      "weight", "Its share of the requests, relative to the other targets.", to: 1, in: 0...1_000_000)
    tier = fields.defaulted(
      "tier", "Targets of a higher tier are asked only when none of the lower tiers can answer.", to: 1, in: 1...100)
    timeout = fields.optional("timeout", "How long it may take.", omission: "`routing.timeout`")
    price = fields.optional("price", "What its tokens cost.", omission: "the price of the model")
  }
}

/// How a request finds its target, and what happens when the target fails.
public struct RoutingSection: SpecSection {
  public static let summary: StaticString =
    "How a request finds its target, and what happens when the target fails."

  public let strategy: Setting<RoutingStrategy>
  public let retries: Setting<Int>
  public let timeout: Setting<SpecDuration>
  public let cooldown: Setting<SpecDuration>
  public let backoff: Setting<BackoffSection>
  public let breaker: Setting<BreakerSection>

  public init(from fields: inout FieldReader) {
    strategy = fields.defaulted("strategy", "How one of several targets of a tier is chosen.", to: .weighted)
    retries = fields.defaulted("retries", "How often a failed request is tried again.", to: 2, in: 0...10)
    timeout = fields.defaulted(
      "timeout", "How long one target may take: to the whole answer, or to the start of a stream.", to: .seconds(120))
    cooldown = fields.defaulted(
      "cooldown", "How long a failing target is left alone; `0s` never leaves one alone.", to: .seconds(5))
    backoff = fields.section("backoff", "How long a request waits before it asks a target again that has failed.")
    breaker = fields.section("breaker", "When a target counts as failing.")
  }
}

/// How long a request waits before it asks a target again.
public struct BackoffSection: SpecSection {
  public static let summary: StaticString =
    "How long a request waits before it asks a target again that has failed; half of each wait is chance."

  public let initial: Setting<SpecDuration>
  public let max: Setting<SpecDuration>

  public init(from fields: inout FieldReader) {
    initial = fields.defaulted(
      "initial", "The wait before the first retry; each further one doubles it.", to: .milliseconds(500))
    max = fields.defaulted(
      "max", "No wait is longer; a provider that asks for more (`retry-after`) is not waited for.", to: .seconds(8))
  }
}

/// When a target counts as failing.
public struct BreakerSection: SpecSection {
  public static let summary: StaticString =
    "When a target counts as failing and is left alone for the cooldown, after which one request tries it."

  public let consecutiveFailures: Setting<Int>
  public let failurePercentage: Setting<Int>
  public let minimumRequests: Setting<Int>

  public init(from fields: inout FieldReader) {
    consecutiveFailures = fields.defaulted(
      "consecutiveFailures", "So many failures in a row.", to: 3, in: 1...10_000)
    failurePercentage = fields.defaulted(
      "failurePercentage", "Or so many failures in a hundred of the recent requests.", to: 50, in: 1...100)
    minimumRequests = fields.defaulted(
      "minimumRequests", "How many recent requests there must be for the percentage to count.", to: 10, in: 1...10_000)
  }
}

/// How one of several targets of a tier is chosen.
public enum RoutingStrategy: String, SpecChoice {
  /// By chance, in proportion to the weights.
  case weighted
  /// The one with the fewest requests under way, in proportion to the weights.
  case leastBusy = "least-busy"
  /// The one that has been answering fastest, the requests under way taken into account.
  case latency
}
