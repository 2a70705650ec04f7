import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let fractionalBytes = Rule(
    5004, "fractional-bytes", .error,
    summary: "an amount of memory or storage is a part of a byte",
    rationale: """
      In Kubernetes `m` stands for thousandths: `512m` of memory is about half a byte. The API server accepts it with a
      warning that nobody sees in CI, rounds it up to one byte, and the container is killed as soon as it starts.
      """,
    examples: [
      .flagged(
        "resources:\n  limits: { cpu: 500m, memory: ⟦512m⟧ }\n",
        fixed: "resources:\n  limits: { cpu: 500m, memory: 512Mi }\n"),
      .flagged("server: { maxBodySize: ⟦20m⟧ }\n", fixed: "server: { maxBodySize: 20Mi }\n"),
      .allowed("resources:\n  limits: { cpu: 500m, memory: 512Mi }\n"),
    ]
  ) { context, findings in
    let resources = context.spec.resources.value
    let memory = context.spec.bounds.value.memory.value
    let amounts: [Setting<Quantity>?] = [
      resources.requests.value.memory, resources.requests.value.ephemeralStorage, resources.limits.value.memory,
      resources.limits.value.ephemeralStorage, memory.min, memory.max, context.spec.server.value.maxBodySize,
    ]
    for amount in amounts {
      guard let amount, let value = amount.known, !value.isWhole else { continue }
      let corrected = value.text.hasSuffix("m") ? value.text.dropLast() + "Mi" : nil
      findings.add(
        "`\(value.text)` is not a whole number of bytes", at: amount.span, label: "counts in bytes",
        notes: value.text.hasSuffix("m") ? ["`m` stands for thousandths"] : [],
        help: [corrected.map { "write `\($0)`" } ?? "write an amount such as `512Mi`"],
        fixIts: corrected.map { [FixIt("write `\($0)`", .unsafe, replace: amount.span, with: String($0))] } ?? [])
    }
  }
}
