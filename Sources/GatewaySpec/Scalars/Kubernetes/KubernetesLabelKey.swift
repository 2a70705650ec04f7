/// The key of a Kubernetes label or annotation: a name of at most 63 characters, with an optional DNS subdomain and a `/`
/// before it.
public struct KubernetesLabelKey: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String

  /// The DNS subdomain before the `/`, such as "app.kubernetes.io".
  public var prefix: String? {
    text.utf8.firstIndex(of: 0x2F).map { String(text[..<$0]) }
  }

  /// The name behind the `/`, or the whole key where there is none.
  public var name: String {
    text.utf8.firstIndex(of: 0x2F).map { String(text[text.utf8.index(after: $0)...]) } ?? text
  }

  static let scalarKind = ScalarKind<KubernetesLabelKey>(
    "a label key", samples: ["team", "app.kubernetes.io/name"], placeholder: Self(text: "placeholder"),
    schema: ScalarSchema(
      pattern: "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?"
        + "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$",
      maximumLength: 317))

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    var slash: Int?
    for index in bytes.indices where bytes[index] == 0x2F {
      guard slash == nil else { return nil }
      slash = index
    }
    if let slash, !KubernetesSubdomain.grammar.matches(bytes.extracting(..<slash)) { return nil }
    let name = bytes.extracting((slash.map { $0 + 1 } ?? 0)...)
    return KubernetesLabelValue.grammar.matches(name) ? Self(text: text) : nil
  }

  static func explain(_ text: String) -> ScalarMistake {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let prefix = parts.first, let name = parts.last else {
      return mistake(text, "it has more than one `/`")
    }
    let start = parts.count == 2 ? prefix.utf8.count + 1 : 0
    if start > 0, let fault = KubernetesSubdomain.grammar.fault(in: prefix) {
      return mistake(text, "before the `/` must stand a DNS name, and \(fault.reason)", at: 0..<start - 1)
    }
    let fault = KubernetesLabelValue.grammar.fault(in: name)
    return mistake(
      text, name.isEmpty ? "its name is empty" : fault?.reason ?? "it is malformed",
      at: fault?.range.map { $0.lowerBound + start..<$0.upperBound + start })
  }
}
