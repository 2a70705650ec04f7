/// What `GET /metrics` answers: the measurements of all loops in Prometheus' text format, series in a fixed order.
struct MetricsDocument {
  let counters: GatewayCounters
  let metrics: RequestMetrics
  let process: ProcessUsage
  let version: String

  /// The document.
  var bytes: [UInt8] {
    var text = PrometheusText()
    appendGateway(to: &text)
    appendRequests(to: &text)
    appendTargets(to: &text)
    appendProcess(to: &text)
    return text.bytes
  }

  private func appendGateway(to text: inout PrometheusText) {
    text.family("sluice_build_info", .gauge, "The release that runs; always 1.")
    text.sample("sluice_build_info", 1, [("version", version)])
    text.family("sluice_connections_total", .counter, "Connections from clients that were accepted.")
    text.sample("sluice_connections_total", counters.connections)
    text.family("sluice_connections_open", .gauge, "Connections from clients that are open now.")
    text.sample("sluice_connections_open", counters.openConnections)
    text.family("sluice_requests_in_flight", .gauge, "Requests that are being answered now.")
    text.sample("sluice_requests_in_flight", counters.inFlight)
    text.family(
      "sluice_client_disconnects_total", .counter, "Requests whose client left before the answer was complete.")
    text.sample("sluice_client_disconnects_total", counters.clientDisconnects)
    text.family("sluice_response_body_bytes_total", .counter, "Bytes of answers sent to clients, heads apart.")
    text.sample("sluice_response_body_bytes_total", counters.bodyBytesSent)
    text.family("sluice_errors_total", .counter, "Requests that the gateway failed to serve, by reason.")
    for (reason, count) in counters.errors.sorted(by: { $0.key < $1.key }) {
      text.sample("sluice_errors_total", count, [("reason", reason)])
    }
  }

  private func appendRequests(to text: inout PrometheusText) {
    text.family("sluice_requests_total", .counter, "Finished requests by route, model and status.")
    for (series, count) in metrics.requests.sorted(by: { $0.key < $1.key }) {
      text.sample(
        "sluice_requests_total", count,
        [("route", series.route), ("model", series.model ?? ""), ("status", String(series.status))])
    }
    text.family(
      "sluice_request_duration_seconds", .histogram, "From the complete request head to the end of the answer.")
    for (series, histogram) in metrics.durations.sorted(by: { $0.key < $1.key }) {
      text.histogram(
        "sluice_request_duration_seconds", histogram, [("route", series.route), ("model", series.model ?? "")])
    }
    text.family(
      "sluice_time_to_first_token_seconds", .histogram, "From the complete request head to the first streamed token.")
    for (model, histogram) in metrics.firstTokens.sorted(by: { $0.key < $1.key }) {
      text.histogram("sluice_time_to_first_token_seconds", histogram, [("model", model)])
    }
    text.family(
      "sluice_overhead_seconds", .histogram, "What the gateway itself added: the duration less all waiting for others.")
    text.histogram("sluice_overhead_seconds", metrics.overhead)
    text.family("sluice_tokens_total", .counter, "Tokens by model and kind; cached_input is a part of input.")
    for (model, tokens) in metrics.tokens.sorted(by: { $0.key < $1.key }) {
      for (kind, count) in [
        ("input", tokens.input), ("cached_input", tokens.cachedInput), ("output", tokens.output),
      ] {
        text.sample("sluice_tokens_total", count, [("model", model), ("kind", kind)])
      }
    }
  }

  private func appendTargets(to text: inout PrometheusText) {
    let targets = metrics.targets.sorted { $0.key < $1.key }
    text.family("sluice_upstream_requests_total", .counter, "Calls to each target, retries included.")
    for (id, target) in targets { text.sample("sluice_upstream_requests_total", target.calls, [("target", id)]) }
    text.family("sluice_upstream_errors_total", .counter, "Failed calls to each target, by reason.")
    for (id, target) in targets {
      for (reason, count) in target.failures.sorted(by: { $0.key < $1.key }) {
        text.sample("sluice_upstream_errors_total", count, [("target", id), ("reason", reason)])
      }
    }
    text.family("sluice_cooldowns_total", .counter, "How often a target was left alone because it failed.")
    for (id, target) in targets { text.sample("sluice_cooldowns_total", target.cooldowns, [("target", id)]) }
    text.family("sluice_upstream_connects_total", .counter, "Connections to providers that were opened.")
    text.sample("sluice_upstream_connects_total", counters.upstreamConnects)
    text.family("sluice_upstream_reused_total", .counter, "Calls that found an unused connection.")
    text.sample("sluice_upstream_reused_total", counters.upstreamReused)
    text.family("sluice_upstream_retries_total", .counter, "Calls made again after a failure.")
    text.sample("sluice_upstream_retries_total", counters.upstreamRetries)
    text.family("sluice_upstream_cancelled_total", .counter, "Calls given up because the client left.")
    text.sample("sluice_upstream_cancelled_total", counters.upstreamCancelled)
  }

  /// The names are those of Prometheus' own client libraries, so that existing dashboards show them.
  private func appendProcess(to text: inout PrometheusText) {
    text.family("process_cpu_seconds_total", .counter, "User and system time.")
    text.sample("process_cpu_seconds_total", nanoseconds: process.cpuNanoseconds)
    text.family("process_resident_memory_bytes", .gauge, "Memory in use.")
    text.sample("process_resident_memory_bytes", process.residentBytes)
    text.family("process_open_fds", .gauge, "Open file descriptors.")
    text.sample("process_open_fds", process.openFiles)
    text.family("process_start_time_seconds", .gauge, "When the process started, in seconds since 1970.")
    text.sample("process_start_time_seconds", process.startTime)
  }
}

extension RequestMetrics.RequestSeries: Comparable {
  static func < (left: Self, right: Self) -> Bool {
    (left.route, left.model ?? "", left.status) < (right.route, right.model ?? "", right.status)
  }
}

extension RequestMetrics.RouteAndModel: Comparable {
  static func < (left: Self, right: Self) -> Bool {
    (left.route, left.model ?? "") < (right.route, right.model ?? "")
  }
}
