import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let mutableImageTag = Rule(
    6002, "mutable-image-tag", .warning,
    summary: "the image tag can name another image tomorrow",
    rationale: """
      Tags such as `latest`, `main-stable` or `v1` move. A node that has the image keeps the old one, a new node pulls the
      new one, and two replicas of one gateway run different code; a rollback brings nothing back, for the old tag is the
      new image. A full version with a digest names one image for ever.
      """,
    examples: [
      .flagged("engine: { type: litellm, image: ⟦\"ghcr.io/berriai/litellm:main-stable\"⟧ }\n"),
      .allowed(
        "engine: { type: litellm, image: \"ghcr.io/berriai/litellm:v1.109.1@sha256:\(String(repeating: "1f", count: 32))\" }\n"
      ),
    ]
  ) { context, findings in
    guard !context.spec.engine.isInvalid, let image = context.spec.engine.value.image, let reference = image.known,
      reference.isMutableTag
    else { return }
    findings.add(
      reference.tag.map { "the tag `\($0)` can name another image tomorrow" }
        ?? "the image has neither tag nor digest, which means `latest`",
      at: image.span, label: "moves",
      help: [
        "write the full version and the digest: `\(reference.name):v\(context.spec.engine.value.version.value)@sha256:…`",
        "`docker buildx imagetools inspect \(reference.name):v\(context.spec.engine.value.version.value)` prints the digest",
      ])
  }
}
