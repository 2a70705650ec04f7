extension Bool: SpecScalar, DiagnosedScalar {
  static let scalarKind = ScalarKind<Bool>(
    "`true` or `false`", samples: ["true", "false"], placeholder: false,
    schema: ScalarSchema(["boolean"]))

  static func read(_ text: String) -> Bool? {
    switch text {
    case "true": true
    case "false": false
    default: nil
    }
  }

  static func explain(_ text: String) -> ScalarMistake {
    let lowered = text.lowercased()
    switch lowered {
    case "true", "false":
      return mistake(text, "it is written in lower case", write: lowered, isSafe: true)
    case "yes", "on", "y":
      return mistake(text, "only readers of YAML 1.1 take it for `true`", write: "true", isSafe: true)
    case "no", "off", "n":
      return mistake(text, "only readers of YAML 1.1 take it for `false`", write: "false", isSafe: true)
    case "1", "enabled", "enable":
      return mistake(text, "nothing else is taken", write: "true")
    case "0", "disabled", "disable":
      return mistake(text, "nothing else is taken", write: "false")
    default:
      return mistake(text, "nothing else is taken", help: "write `true` or `false`")
    }
  }
}
