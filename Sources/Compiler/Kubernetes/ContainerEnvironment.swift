import Emitters
import GatewaySpec
import SourceDiagnostics

extension ManifestContext {
  /// The environment of the gateway's container: what the engine needs, what the spec adds, and the secrets by name.
  /// A variable of the spec replaces one of ours.
  func environment(_ own: [YAMLValue.Entry]) -> YAMLValue? {
    let secretVariables = secrets.carriage == .environment ? secrets.items : []
    let taken = Set(secretVariables.map(\.variable))
    let written = spec.engine.value.env.value.filter { !taken.contains($0.name.value.text) }
    let plain = Self.merged(own, written.map { ($0.name.value.text, $0.setting.yaml) })
    let variables =
      plain.map { Self.variable($0.key, value: $0.value) } + secretVariables.map(\.environmentVariable)
    return variables.isEmpty ? nil : .sequence(variables)
  }

  private static func variable(_ name: String, value: YAMLValue) -> YAMLValue {
    let variable: YAMLValue = ["name": .string(name), "value": value]
    return variable.from(value.origin)
  }

  /// The variables that the engine needs beside those of the spec.
  var engineVariables: [YAMLValue.Entry] {
    switch spec.engine.value.type.value {
    case .litellm: litellmVariables
    case .sluice: []
    }
  }

  /// LiteLLM on a read-only root file system, without surprises: no `.env` file, no price list from the network, and tables
  /// that only the Job changes.
  private var litellmVariables: [YAMLValue.Entry] {
    let server = spec.server.value
    var variables: [YAMLValue.Entry] = [
      .init("LITELLM_MODE", "PRODUCTION"),
      .init("LITELLM_LOCAL_MODEL_COST_MAP", "True"),
      .init(
        "GRACEFUL_SHUTDOWN_TIMEOUT",
        .string(String(server.shutdownGracePeriod.value.secondsRoundedUp))
          .from(server.shutdownGracePeriod.span)),
      .init("HOME", "/tmp"),
      .init("LITELLM_NON_ROOT", "true"),
      .init("LITELLM_UI_PATH", "/tmp/litellm-ui"),
      .init("LITELLM_ASSETS_PATH", "/tmp/litellm-assets"),
    ]
    if let database = spec.database?.value {
      variables.append(.init("LITELLM_MIGRATION_DIR", "/tmp/litellm-migrations"))
      if database.migrate.value == .job {
        variables.append(.init("DISABLE_SCHEMA_UPDATE", YAMLValue.string("true").from(database.migrate.span)))
      }
    }
    if let traces = spec.observability.value.traces {
      variables.append(.init("OTEL_EXPORTER", "otlp_http"))
      variables.append(.init("OTEL_ENDPOINT", traces.value.otlp.yaml))
    }
    return variables
  }
}

extension SecretPlan.Item {
  fileprivate var environmentVariable: YAMLValue {
    let reference: YAMLValue = ["name": .string(secretName), "key": .string(variable)]
    let value: YAMLValue = ["name": .string(variable), "valueFrom": ["secretKeyRef": reference]]
    return value.from(origin)
  }
}
