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

  public init(from fields: inout FieldReader) {
    targets = fields.required("targets", "The provider's models that serve it, by weight.")
    fallbacks = fields.section("fallbacks", "The models that are tried, in order, when every target has failed.")
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

  public init(from fields: inout FieldReader) {
    strategy = fields.defaulted("strategy", "How one of several targets is chosen.", to: .weighted)
    retries = fields.defaulted("retries", "How often a failed request is tried again.", to: 2, in: 0...10)
    timeout = fields.defaulted("timeout", "How long one target may take.", to: .seconds(120))
    cooldown = fields.defaulted("cooldown", "How long a failing target is left alone.", to: .seconds(5))
  }
}

/// How one of several targets is chosen.
public enum RoutingStrategy: String, SpecChoice {
  case weighted
  case leastBusy = "least-busy"
  case latency
}
