import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let publicProviderNotTLS = Rule(
    7002, "public-provider-not-tls", .error,
    summary: "a provider on the internet is called without TLS",
    rationale: """
      The key and every prompt would cross the internet as readable text. Names that only a cluster or a private network
      knows (`vllm.models.svc`, a single word, `.internal`, `.local`) and private addresses are left alone. Two words may be
      a Service and its namespace, `vllm.models`; they are taken for a public name only if they end as those mostly do.
      """,
    examples: [
      .flagged(
        "providers:\n  openai: { type: openai, baseURL: ⟦http://llm.example.com/v1⟧, apiKey: { secret: openai-key } }\n",
        fixed:
          "providers:\n  openai: { type: openai, baseURL: https://llm.example.com/v1, apiKey: { secret: openai-key } }\n"
      ),
      .allowed(
        "providers:\n  openai: { type: openai-compatible, baseURL: http://vllm.models.svc:8000/v1, apiKey: { secret: openai-key } }\n"
      ),
      .allowed(
        "providers:\n  openai: { type: openai-compatible, baseURL: http://vllm.models:8000/v1, apiKey: { secret: openai-key } }\n"
      ),
      .flagged(
        "providers:\n  openai: { type: openai-compatible, baseURL: ⟦http://example.ai/v1⟧, apiKey: { secret: openai-key } }\n",
        hidden: true),
      .allowed(
        "providers:\n  openai: { type: openai-compatible, baseURL: http://10.1.2.3:8000/v1, apiKey: { secret: openai-key } }\n",
        hidden: true),
    ]
  ) { context, findings in
    for provider in context.spec.providers.value {
      guard let address = provider.value.baseURL, let url = address.known, url.scheme == .http, !url.isPrivate else {
        continue
      }
      let corrected = "https" + url.text.dropFirst("http".count)
      findings.add(
        "key and prompts would cross the internet to `\(url.host)` unencrypted", at: address.span, label: "plain HTTP",
        help: ["write `\(corrected)`"]
          + (url.mayBeService ? ["if it is a Service in the cluster, name it `\(url.host).svc`"] : []),
        fixIts: [FixIt("write `\(corrected)`", .unsafe, replace: address.span, with: corrected)])
    }
  }
}

extension WebURL {
  /// Whether only this machine, this cluster or a private network knows the host (RFC 1918, RFC 6598, RFC 4193, RFC 6762).
  fileprivate var isPrivate: Bool {
    if isLoopback { return true }
    switch hostKind {
    case .name:
      let suffixes = [".svc", ".cluster.local", ".local", ".internal", ".lan", ".home.arpa", ".test", ".intranet"]
      return !host.contains(".") || suffixes.contains { host.hasSuffix($0) } || (mayBeService && !endsAsPublicName)
    case .ipv4:
      let numbers = host.split(separator: ".").compactMap { Int($0) }
      guard numbers.count == 4 else { return false }
      switch (numbers[0], numbers[1]) {
      case (10, _), (192, 168), (169, 254), (172, 16...31), (100, 64...127): return true
      default: return false
      }
    case .ipv6:
      return ["fc", "fd", "fe8", "fe9", "fea", "feb"].contains { host.lowercased().hasPrefix($0) }
    }
  }

  /// Whether it has the form of a Service and its namespace.
  fileprivate var mayBeService: Bool { hostKind == .name && host.split(separator: ".").count == 2 }

  /// Whether the host ends as most public names of APIs do: in a country's two letters (ISO 3166) or in one of the
  /// domains that sell best.
  private var endsAsPublicName: Bool {
    let last = host.split(separator: ".").last.map { $0.lowercased() } ?? ""
    return last.utf8.count == 2
      || ["app", "biz", "cloud", "com", "dev", "edu", "gov", "info", "net", "online", "org", "tech", "xyz"]
        .contains(last)
  }
}
