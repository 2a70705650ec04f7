// The documentation of each key stands in the initialiser, once.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// Metrics, logs and traces.
public struct ObservabilitySection: SpecSection {
  public static let summary: StaticString = "Metrics, logs and traces."

  public let metrics: Setting<Bool>
  public let prometheusNamespace: Setting<KubernetesLabelName>
  public let logs: Setting<LogFormat>
  public let traces: Setting<TracesSection>?

  public init(from fields: inout FieldReader) {
    metrics = fields.defaulted("metrics", "Whether Prometheus is told to scrape the gateway.", to: false)
    prometheusNamespace = fields.defaulted(
      "prometheusNamespace", "The namespace of Prometheus, which the network policy lets in.",
      to: KubernetesLabelName(constant: "monitoring"))
    logs = fields.defaulted("logs", "The format of the log lines.", to: .json)
    traces = fields.optional("traces", "Where traces are sent.", omission: "nowhere")
  }
}

/// The format of log lines.
public enum LogFormat: String, SpecChoice {
  case json, text
}

/// Where traces are sent.
public struct TracesSection: SpecSection {
  public static let summary: StaticString = "Where traces are sent."

  public let otlp: Setting<WebURL>

  public init(from fields: inout FieldReader) {
    otlp = fields.required("otlp", "The address of the OpenTelemetry collector (OTLP over HTTP).")
  }
}
