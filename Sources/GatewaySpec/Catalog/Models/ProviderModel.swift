/// A model that a provider serves, as far as rules and budgets need to know it.
///
/// The catalogue is of ``catalogDate``; a provider brings out models and retires them later, so that a name which is not in
/// it proves nothing by itself.
public struct ProviderModel: Sendable {
  /// The provider's name of it.
  public let name: String
  /// What it is asked by.
  public let kind: Kind
  /// The most tokens of a prompt; `nil` where that is not known or means nothing.
  public let context: Int?
  /// The price of a million tokens read and of a million tokens written, in millionths of a US dollar; `nil` where it is
  /// not counted in tokens.
  public let price: (input: Int, output: Int)?
  /// The day on which the provider switches it off, as `YYYY-MM-DD`; `nil` if it has announced none.
  public let retirement: String?

  /// The API by which a model is asked.
  public enum Kind: Sendable {
    case chat, responses, embedding
    /// Images, audio, moderation and what else is not judged.
    case other
  }

  init(
    _ name: String, _ kind: Kind, context: Int? = nil, input: Int? = nil, output: Int = 0,
    retires retirement: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.context = context
    price = input.map { ($0, output) }
    self.retirement = retirement
  }

  /// The day of the catalogue: what is retired by then is gone.
  public static let catalogDate = "2026-11-26"

  private static let byProvider: [String: [String: ProviderModel]] = [
    "openai": Dictionary(openai.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }),
    "anthropic": Dictionary(anthropic.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }),
  ]

  /// The models of a provider by name; `nil` where none are catalogued.
  public static func models(of provider: ProviderDescriptor) -> [String: ProviderModel]? { byProvider[provider.id] }
}

extension GatewaySpec {
  /// What is known of the model behind a target; `nil` if it is not catalogued, or the provider has an address of its own
  /// where other models may stand under the same names.
  public func knownModel(of target: TargetSection) -> ProviderModel? {
    guard let name = target.provider.known, let provider = providers.value[name], !provider.setting.isInvalid,
      provider.value.baseURL == nil, let type = provider.value.type.known, let model = target.model.known
    else { return nil }
    return ProviderModel.models(of: type.descriptor)?[model.text]
  }
}
