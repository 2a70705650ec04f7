import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let imageVersionMismatch = Rule(
    6012, "image-version-mismatch", .warning,
    summary: "the image is of another version than the spec says",
    rationale: """
      `engine.version` decides which endpoints, settings and variables the linter checks against and which label the pods
      get; `engine.image` decides what runs. When only one of them is raised, the checks are those of a release that is not
      there. Without `version` the newest known release is taken.
      """,
    examples: [
      .flagged(
        """
        engine:
          type: litellm
          version: ⟦1.108.0⟧
          image: "ghcr.io/berriai/litellm:v1.109.1@sha256:\(String(repeating: "1f", count: 32))"

        """,
        fixed: """
          engine:
            type: litellm
            version: 1.109.1
            image: "ghcr.io/berriai/litellm:v1.109.1@sha256:\(String(repeating: "1f", count: 32))"

          """),
      .flagged(
        """
        engine:
          type: litellm
          image: ⟦"ghcr.io/berriai/litellm:v1.100.0@sha256:\(String(repeating: "1f", count: 32))"⟧

        """),
      .allowed(
        """
        engine:
          type: litellm
          version: 1.109.1
          image: "ghcr.io/berriai/litellm-database:v1.109.1-stable@sha256:\(String(repeating: "1f", count: 32))"

        """),
    ]
  ) { context, findings in
    let engine = context.spec.engine.value
    guard let type = context.knownEngine, let image = engine.image, let reference = image.known,
      reference.component.hasPrefix(type.rawValue), !reference.isMutableTag, let tag = reference.tag,
      let tagged = try? EngineVersion(parsing: tag.hasPrefix("v") ? String(tag.dropFirst()) : tag),
      let version = engine.version.known,
      (tagged.major, tagged.minor, tagged.patch) != (version.major, version.minor, version.patch)
    else { return }
    let numbers = "\(tagged.major).\(tagged.minor).\(tagged.patch)"
    if engine.version.isWritten {
      findings.add(
        "the version is \(version), and the image is of \(numbers)", at: engine.version.span, label: "not what runs",
        related: [Diagnostic.Label(image.span, "this runs")], help: ["write `version: \(numbers)`, or another image"],
        fixIts: [FixIt("write `\(numbers)`", .unsafe, replace: engine.version.span, with: numbers)])
    } else {
      findings.add(
        "the image is of \(numbers), and \(version), the newest known, is checked for", at: image.span,
        label: "another version", help: ["write `version: \(numbers)` beside it"])
    }
  }
}

extension ImageReference {
  /// The last part of the repository, such as "litellm-database".
  var component: Substring { repository.split(separator: "/").last ?? "" }
}
