import Testing

@testable import GatewayRuntime

@Suite struct MetricsDocumentTests {
  private func document(_ metrics: RequestMetrics) -> [Substring] {
    var counters = GatewayCounters()
    counters.inFlight = 3
    counters.errors = ["unknown_key": 2]
    let process = ProcessUsage(
      cpuNanoseconds: 1_250_000_000, residentBytes: 4096, openFiles: 7, startTime: 1_700_000_000)
    let document = MetricsDocument(counters: counters, metrics: metrics, process: process, version: "1.2.3")
    return String(decoding: document.bytes, as: UTF8.self).split(separator: "\n")
  }

  private func chat(status: Int = 200, duration: Int64 = 30_000_000, waiting: Int64 = 29_970_000)
    -> RequestMetrics.Observation
  {
    RequestMetrics.Observation(
      route: "/v1/chat/completions", model: "gpt", status: status, duration: duration, waiting: waiting,
      firstToken: 12_000_000, tokens: RequestMetrics.Tokens(input: 10, cachedInput: 4, output: 5))
  }

  @Test func `requests, tokens and times are counted by route, model and status`() {
    var metrics = RequestMetrics()
    metrics.observe(chat())
    metrics.observe(chat(status: 502))
    let lines = document(metrics)
    #expect(lines.contains(#"sluice_requests_total{route="/v1/chat/completions",model="gpt",status="200"} 1"#))
    #expect(lines.contains(#"sluice_requests_total{route="/v1/chat/completions",model="gpt",status="502"} 1"#))
    #expect(lines.contains(#"sluice_tokens_total{model="gpt",kind="input"} 20"#))
    #expect(lines.contains(#"sluice_tokens_total{model="gpt",kind="cached_input"} 8"#))
    #expect(lines.contains(#"sluice_overhead_seconds_bucket{le="0.000025"} 0"#))
    #expect(lines.contains(#"sluice_overhead_seconds_bucket{le="0.00005"} 2"#))
    #expect(lines.contains(#"sluice_overhead_seconds_sum 0.00006"#))
    #expect(
      lines.contains(#"sluice_request_duration_seconds_bucket{route="/v1/chat/completions",model="gpt",le="0.025"} 0"#))
    #expect(
      lines.contains(#"sluice_request_duration_seconds_bucket{route="/v1/chat/completions",model="gpt",le="+Inf"} 2"#))
    #expect(lines.contains(#"sluice_request_duration_seconds_count{route="/v1/chat/completions",model="gpt"} 2"#))
    #expect(lines.contains(#"sluice_time_to_first_token_seconds_sum{model="gpt"} 0.024"#))
    #expect(lines.contains("process_cpu_seconds_total 1.25"))
    #expect(lines.contains("sluice_requests_in_flight 3"))
    #expect(lines.contains(#"sluice_errors_total{reason="unknown_key"} 2"#))
  }

  @Test func `what happens to targets is counted by target and reason`() {
    var metrics = RequestMetrics()
    metrics.called("openai/gpt")
    metrics.called("openai/gpt")
    metrics.failed("openai/gpt", reason: "upstream_429")
    metrics.cooled("openai/gpt")
    let lines = document(metrics)
    #expect(lines.contains(#"sluice_upstream_requests_total{target="openai/gpt"} 2"#))
    #expect(lines.contains(#"sluice_upstream_errors_total{target="openai/gpt",reason="upstream_429"} 1"#))
    #expect(lines.contains(#"sluice_cooldowns_total{target="openai/gpt"} 1"#))
  }

  @Test func `loops add up, whatever order they are asked in`() {
    var one = RequestMetrics()
    var two = RequestMetrics()
    one.observe(chat())
    one.called("a")
    two.observe(chat(duration: 1, waiting: 0))
    two.observe(chat(status: 500))
    two.failed("a", reason: "upstream_5xx")
    var forwards = one
    forwards += two
    var backwards = two
    backwards += one
    #expect(forwards == backwards)
    #expect(forwards.overhead.count == 3 && forwards.tokens["gpt"]?.output == 15)
    #expect(forwards.targets["a"] == RequestMetrics.Target(calls: 1, failures: ["upstream_5xx": 1]))
  }

  @Test func `label values are escaped, and each family is announced once`() {
    var metrics = RequestMetrics()
    metrics.called("a\"b\\c\nd")
    let lines = document(metrics)
    #expect(lines.contains(#"sluice_upstream_requests_total{target="a\"b\\c\nd"} 1"#))
    let announced = lines.filter { $0.hasPrefix("# TYPE ") }
    #expect(Set(announced).count == announced.count)
    let families = Set(announced.map { $0.split(separator: " ")[2] })
    for line in lines where !line.hasPrefix("#") {
      let name = line.prefix { $0 != "{" && $0 != " " }
      #expect(families.contains { name == $0 || ["_bucket", "_sum", "_count"].contains(name.dropFirst($0.count)) })
    }
  }

  @Test func `this process has used some time, some memory and some files`() {
    let usage = ProcessUsage.now(startTime: 1)
    #expect(usage.cpuNanoseconds > 0 && usage.residentBytes > 1 << 20 && usage.openFiles >= 3)
  }
}
