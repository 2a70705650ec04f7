import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let imageOfOtherEngine = Rule(
    6013, "image-of-other-engine", .error,
    summary: "the image is that of another engine",
    rationale: """
      The compiled container gets the arguments, the configuration and the probes of `engine.type`. Another engine's image
      ends at once with "unknown option", and the pod never becomes ready.
      """,
    examples: [
      .flagged(
        "engine: { type: sluice, image: ⟦\"ghcr.io/berriai/litellm:v1.109.1@sha256:\(String(repeating: "1f", count: 32))\"⟧ }\n",
        base: .sluice),
      .allowed(
        "engine: { type: sluice, image: \"registry.example.com/sluice:v0.1.0@sha256:\(String(repeating: "1f", count: 32))\" }\n",
        base: .sluice),
      .allowed(
        "engine: { type: litellm, image: \"registry.example.com/ai/proxy:v1.109.1@sha256:\(String(repeating: "1f", count: 32))\" }\n",
        hidden: true),
    ]
  ) { context, findings in
    guard let type = context.knownEngine, let image = context.spec.engine.value.image, let reference = image.known,
      let other = EngineType.allCases.first(where: { $0 != type && reference.component.hasPrefix($0.rawValue) })
    else { return }
    findings.add(
      "the image is one of \(other.descriptor.displayName), and the engine is \(context.engine.displayName)",
      at: image.span, label: "of another engine", related: context.engineLabel,
      help: ["write `type: \(other.rawValue)`, or an image such as `\(context.engine.imageRepository)`"])
  }
}
