import GatewaySpec
import SourceDiagnostics

/// A spec in a test: its text, loaded.
struct SpecText {
  let loaded: LoadedSpec
  let text: String

  init(_ text: String, files: [String: String] = [:]) {
    self.text = text
    var sources = SourceMap()
    loaded = SpecLoader.load(bytes: Array(text.utf8), name: "gateway.yaml", into: &sources) { path in
      files[path].map { .success(Array($0.utf8)) } ?? .failure(.init("no such file"))
    }
  }

  /// A spec that has all that must be written, and more.
  init(minimalAnd more: String, files: [String: String] = [:]) {
    self.init(
      "apiVersion: sluice/v1\nkind: Gateway\nmetadata: { name: gateway }\n" + more, files: files)
  }

  var spec: GatewaySpec { loaded.base.spec }

  /// The findings as `CODE text`, the text being what is underlined.
  var findings: [String] { loaded.diagnostics.map { "\($0.code) \(text(of: $0.primary.span))" } }

  func text(of span: SourceSpan) -> String { loaded.file.text(of: span) }
}
