import Emitters
import GatewaySpec
import SourceDiagnostics

/// LiteLLM's configuration: only keys that it reads, secrets only as names of environment variables.
struct LiteLLMConfiguration {
  /// The whole file.
  let document: YAMLValue

  init(_ spec: GatewaySpec, _ secrets: SecretPlan, _ diagnostics: inout [Diagnostic]) {
    var sections: [LiteLLMSetting.Section: [YAMLValue.Entry]] = [
      .router: Self.routerSettings(spec),
      .litellm: Self.litellmSettings(spec),
      .general: Self.generalSettings(spec, secrets),
    ]
    Self.add(spec.engine.value.settings, to: &sections)
    for key in spec.auth.value.keys.value {
      diagnostics.append(
        Diagnostic(
          OutputMistakes.valueNotCarried,
          "LiteLLM reads no client keys from a file, so `\(key.name.value)` is left out",
          at: key.name.span, notes: ["it keeps them in its database"],
          help: ["create the key with `POST /key/generate`, or write `engine: { type: sluice }`"]))
    }
    Self.checkDatabase(spec, secrets, &diagnostics)
    func section(_ section: LiteLLMSetting.Section, from origin: SourceSpan) -> YAMLValue? {
      guard let entries = sections[section], !entries.isEmpty else { return nil }
      return .mapping(entries).from(origin)
    }
    let document: YAMLValue = [
      "model_list": .sequence(Self.modelList(spec, secrets)).from(spec.models.keySpan),
      "router_settings": section(.router, from: spec.routing.keySpan),
      "litellm_settings": section(.litellm, from: spec.engine.keySpan),
      "general_settings": section(.general, from: spec.auth.keySpan),
    ]
    self.document = document.from(spec.engine.keySpan)
  }

  /// One entry a target; entries of one name share the requests.
  private static func modelList(_ spec: GatewaySpec, _ secrets: SecretPlan) -> [YAMLValue] {
    var list: [YAMLValue] = []
    for model in spec.models.value {
      let targets = model.value.targets.value
      for target in targets {
        guard let provider = spec.providers.value[target.value.provider.value] else { continue }
        let isWeighted = targets.count > 1 && spec.routing.value.strategy.value == .weighted
        let entry: YAMLValue = [
          "model_name": .string(model.name.value.text).from(model.name.span),
          "litellm_params": parameters(target, provider, secrets, isWeighted: isWeighted),
        ]
        list.append(entry.from(target.span))
      }
    }
    return list
  }

  private static func parameters(
    _ target: Setting<TargetSection>, _ provider: NamedEntry<EntryName, ProviderSection>, _ secrets: SecretPlan,
    isWeighted: Bool
  ) -> YAMLValue {
    let descriptor = provider.value.type.value.descriptor
    let key: YAMLValue? =
      if let secret = secrets[provider.value.apiKey] {
        .string("os.environ/\(secret.variable)").from(provider.value.apiKey?.span)
      } else if descriptor.dialect == .openAI {
        // Its OpenAI client refuses to start without a key, even for a server that asks for none.
        .string("not-needed").from(provider.name.span)
      } else {
        nil
      }
    return [
      "model": .string("\(descriptor.litellmPrefix)/\((target.value.deployment ?? target.value.model).value.text)")
        .from((target.value.deployment ?? target.value.model).span),
      "api_key": key,
      "api_version": provider.value.apiVersion?.yaml,
      "aws_region_name": provider.value.region?.yaml,
      "aws_access_key_id": environment(provider.value.accessKeyID, secrets),
      "aws_secret_access_key": environment(provider.value.secretAccessKey, secrets),
      "aws_session_token": environment(provider.value.sessionToken, secrets),
      "api_base": provider.value.baseURL?.yaml,
      "mock_response": descriptor.dialect == .mock ? "This is an answer of the mock provider." : nil,
      "weight": isWeighted ? target.value.weight.yaml : nil,
    ]
  }

  private static func environment(_ reference: Setting<SecretReference>?, _ secrets: SecretPlan) -> YAMLValue? {
    secrets[reference].map { .string("os.environ/\($0.variable)").from(reference?.span) }
  }

  private static func routerSettings(_ spec: GatewaySpec) -> [YAMLValue.Entry] {
    let routing = spec.routing.value
    var entries: [YAMLValue.Entry] = [
      .init("routing_strategy", .string(routing.strategy.value.litellmName).from(routing.strategy.span)),
      .init("num_retries", routing.retries.yaml),
      .init("timeout", routing.timeout.decimalSeconds),
    ]
    if routing.cooldown.value.milliseconds == 0 {
      entries.append(.init("disable_cooldowns", .boolean(true).from(routing.cooldown.span)))
    } else {
      entries.append(.init("cooldown_time", routing.cooldown.decimalSeconds))
    }
    let fallbacks = spec.models.value.compactMap { model -> YAMLValue? in
      let names = model.value.fallbacks.value
      guard !names.isEmpty else { return nil }
      let group = YAMLValue.Entry(model.name.value.text, .sequence(names.map(\.yaml)))
      return YAMLValue.mapping([group]).from(model.value.fallbacks.span)
    }
    if !fallbacks.isEmpty { entries.append(.init("fallbacks", .sequence(fallbacks))) }
    let longest = spec.models.value.max { $0.value.fallbacks.value.count < $1.value.fallbacks.value.count }
    if let longest, longest.value.fallbacks.value.count > Self.defaultMaxFallbacks {
      let count = YAMLValue.integer(longest.value.fallbacks.value.count)
      entries.append(.init("max_fallbacks", count.from(longest.value.fallbacks.span)))
    }
    return entries
  }

  /// So many fallbacks LiteLLM tries unless told otherwise (`ROUTER_MAX_FALLBACKS`).
  private static let defaultMaxFallbacks = 5

  private static func litellmSettings(_ spec: GatewaySpec) -> [YAMLValue.Entry] {
    let observability = spec.observability.value
    var entries: [YAMLValue.Entry] = [
      .init("request_timeout", spec.server.value.requestTimeout.decimalSeconds)
    ]
    if observability.logs.value == .json {
      entries.append(.init("json_logs", .boolean(true).from(observability.logs.span)))
    }
    var callbacks: [YAMLValue] = []
    if observability.metrics.value { callbacks.append(.string("prometheus").from(observability.metrics.span)) }
    if let traces = observability.traces { callbacks.append(.string("otel").from(traces.keySpan)) }
    if !callbacks.isEmpty { entries.append(.init("callbacks", .sequence(callbacks))) }
    return entries
  }

  private static func generalSettings(_ spec: GatewaySpec, _ secrets: SecretPlan) -> [YAMLValue.Entry] {
    var entries: [YAMLValue.Entry] = []
    if let key = secrets[spec.auth.value.masterKey] {
      entries.append(
        .init("master_key", .string("os.environ/\(key.variable)").from(spec.auth.value.masterKey?.span)))
    }
    if let database = spec.database?.value, let url = secrets[database.url] {
      entries.append(.init("database_url", .string("os.environ/\(url.variable)").from(database.url.span)))
      entries.append(.init("database_connection_pool_limit", database.poolSize.yaml))
    }
    return entries
  }

  /// Prisma takes TLS from the URL alone, and that is a secret. The script for Vault says what it must have; of a secret that
  /// comes from elsewhere only a finding can.
  private static func checkDatabase(
    _ spec: GatewaySpec, _ secrets: SecretPlan, _ diagnostics: inout [Diagnostic]
  ) {
    guard let database = spec.database?.value, database.tls.isWritten,
      let url = secrets[database.url], !url.isPutIntoVault
    else { return }
    diagnostics.append(
      Diagnostic(
        OutputMistakes.valueNotCarried,
        "the URL in secret `\(url.entry.name.value)` decides about TLS, and no output has it",
        at: database.tls.span,
        help: ["end the URL in `?\(database.tls.value.prismaParameters)` and remove `tls`"]))
  }

  /// Puts each engine setting into the section that reads it. What a section of the spec has decided stays.
  private static func add(
    _ settings: Setting<FreeValue>?, to sections: inout [LiteLLMSetting.Section: [YAMLValue.Entry]]
  ) {
    guard let settings, case .map(let written) = settings.value else { return }
    for (key, value) in written {
      // The linter has said what LiteLLM does not read, and what another section decides (GW8008, GW8010).
      guard let section = LiteLLMSetting.named(key)?.section, LiteLLMSetting.decidedElsewhere[key] == nil else {
        continue
      }
      let entries = sections[section] ?? []
      if let index = entries.firstIndex(where: { $0.key == key }),
        case .sequence(let own) = entries[index].value.content,
        case .list(let more) = value.value
      {
        let known = Set(own.map(\.content))
        let elements = own + more.map(\.yaml).filter { !known.contains($0.content) }
        sections[section]?[index].value = .sequence(elements).from(value.span)
      } else {
        sections[section, default: []].append(.init(key, value.yaml))
      }
    }
  }
}

extension DatabaseTLS {
  /// The parameters of a connection URL by which Prisma, LiteLLM's driver, does the same. It takes `sslmode=verify-full` for
  /// `prefer`, and checks no certificate without `sslaccept=strict`, which always checks the host name too.
  var prismaParameters: String {
    switch self {
    case .disable: "sslmode=disable"
    case .require: "sslmode=require"
    case .verifyCA, .verifyFull: "sslmode=require&sslaccept=strict"
    }
  }
}

extension RoutingStrategy {
  /// LiteLLM's word for the strategy.
  fileprivate var litellmName: String {
    switch self {
    case .weighted: "simple-shuffle"
    case .leastBusy: "least-busy"
    case .latency: "latency-based-routing"
    }
  }
}
