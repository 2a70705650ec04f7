import GatewaySpec
import SourceDiagnostics

/// A text that stands in the spec as it will stand in the cluster, under a name of the author's.
struct PlainSpecText {
  let name: String
  let value: String
  let span: SourceSpan
}

extension RuleContext {
  /// The values of environment variables, of the engine's settings and of annotations.
  var plainTexts: [PlainSpecText] {
    let engine = spec.engine.value
    var texts = engine.env.value.filter { !$0.setting.isInvalid }.map {
      PlainSpecText(name: $0.name.value.text, value: $0.value.text, span: $0.setting.span)
    }
    if let settings = engine.settings, !settings.isInvalid { texts += Self.texts(in: settings, named: "settings") }
    let annotations =
      Array(spec.metadata.value.annotations.value) + Array(spec.ingress?.value.annotations.value ?? .placeholder)
    texts += annotations.filter { !$0.setting.isInvalid }.map {
      PlainSpecText(name: $0.name.value.text, value: $0.value.text, span: $0.setting.span)
    }
    return texts
  }

  private static func texts(in value: Setting<FreeValue>, named name: String) -> [PlainSpecText] {
    switch value.value {
    case .text(let text): [PlainSpecText(name: name, value: text, span: value.span)]
    case .list(let elements): elements.flatMap { texts(in: $0, named: name) }
    case .map(let entries): entries.flatMap { texts(in: $0.value, named: $0.key) }
    case .null, .boolean, .integer, .number: []
    }
  }
}
