import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let imageWithoutDigest = Rule(
    6003, "image-without-digest", .note,
    summary: "the image is named by a tag alone",
    rationale: """
      A full version is rarely moved, and can be: by mistake, or by whoever has got hold of the registry's account. With the
      digest the node pulls exactly the image that was tested and scanned. Tools that update versions, such as Renovate,
      keep tag and digest together.
      """,
    examples: [
      .flagged("engine: { type: litellm, image: ⟦\"ghcr.io/berriai/litellm:v1.109.1\"⟧ }\n"),
      .allowed(
        "engine: { type: litellm, image: \"ghcr.io/berriai/litellm:v1.109.1@sha256:\(String(repeating: "1f", count: 32))\" }\n"
      ),
    ]
  ) { context, findings in
    guard !context.spec.engine.isInvalid, let image = context.spec.engine.value.image, let reference = image.known,
      reference.digest == nil, !reference.isMutableTag
    else { return }
    findings.add(
      "the image has no digest", at: image.span, label: "named by its tag alone",
      help: ["write `\(reference)@sha256:…`; `docker buildx imagetools inspect` prints the digest"])
  }
}
