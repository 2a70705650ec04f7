import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let retriesExceedRequestTimeout = Rule(
    7005, "retries-exceed-request-timeout", .warning,
    summary: "the request ends before the last retry can",
    rationale: """
      A request is cut off after `server.requestTimeout`, whatever still goes on. When one try may take as long as the
      request, the retries and the fallbacks behind them never happen, and the outage that they were written for reaches
      the client.
      """,
    examples: [
      .flagged(
        "routing: { retries: 5, timeout: ⟦120s⟧ }\n", fixed: "routing: { retries: 5, timeout: 1m40s }\n"),
      .flagged("server: { requestTimeout: ⟦60s⟧ }\n", hidden: true),
      .flagged("routing: { retries: 5, timeout: ⟦300s⟧ }\n", base: .sluice, hidden: true),
      .allowed("routing: { retries: 2, timeout: 120s }\nserver: { requestTimeout: 600s, shutdownGracePeriod: 150s }\n"),
    ]
  ) { context, findings in
    let routing = context.spec.routing.value
    let total = context.spec.server.value.requestTimeout
    guard let retries = routing.retries.known, let timeout = routing.timeout.known, let available = total.known else {
      return
    }
    let needed = timeout * (retries + 1)
    let written =
      [routing.timeout.isWritten ? routing.timeout.span : nil, routing.retries.isWritten ? routing.retries.span : nil]
      .compactMap(\.self) + (total.isWritten ? [total.span] : [])
    guard needed > available, let place = written.first else { return }
    let fitting = SpecDuration.seconds(available.milliseconds / Int64(retries + 1) / 1000)
    findings.add(
      "\(retries + 1) tries x \(timeout) = \(needed) > the request timeout \(available)\(total.isWritten ? "" : ", the default")",
      at: place, label: place == total.span ? "too short for all tries" : "too long for all tries",
      related: total.isWritten && place != total.span ? [Diagnostic.Label(total.span, "the request ends here")] : [],
      help: [
        "write `timeout: \(fitting)` or less, or fewer retries"
      ],
      fixIts: place == routing.timeout.span && fitting > .zero
        ? [FixIt("write `\(fitting)`", .unsafe, replace: place, with: "\(fitting)")] : [])
  }
}
