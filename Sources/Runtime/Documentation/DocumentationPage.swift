import GatewaySpec

/// What `GET /docs` answers: the endpoints as a page for people. It needs no script and loads nothing from elsewhere.
struct DocumentationPage {
  let endpoints: EndpointTable
  /// The public names of the models.
  let models: [String]
  let version: String

  /// The page.
  var html: String {
    var page = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Sluice \(Self.escaped(version))</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      <main>
      <header><h1>Sluice</h1><p>An AI gateway, release \(Self.escaped(version)). Any OpenAI or Anthropic client works against it.</p>
      <p><a href="openapi.json">OpenAPI document</a></p></header>
      \(example)
      """
    for purpose in Endpoint.Purpose.allCases { page += section(purpose) }
    page += modelList
    return page + "</main>\n</body>\n</html>\n"
  }

  private var example: String {
    let model = models.first ?? "MODEL"
    let call = """
      curl http://localhost:4000/v1/chat/completions \\
        -H 'Authorization: Bearer KEY' -H 'Content-Type: application/json' \\
        -d '{"model": "\(model)", "messages": [{"role": "user", "content": "Hello"}]}'
      """
    return "<section><h2>Try it</h2><pre><code>\(Self.escaped(call))</code></pre></section>\n"
  }

  private func section(_ purpose: Endpoint.Purpose) -> String {
    // `OPTIONS` says only what the other rows say.
    let listed = endpoints.endpoints.filter { $0.purpose == purpose && $0.method != .options }
    guard !listed.isEmpty else { return "" }
    var rows = ""
    for endpoint in listed {
      let method = endpoint.method.rawValue
      rows += """
        <tr><td><span class="method \(method.lowercased())">\(method)</span></td>\
        <td><code>\(Self.escaped(endpoint.path))</code></td><td>\(Self.markup(endpoint.summary))</td>\
        <td class="access">\(Self.access(endpoint.access))</td></tr>

        """
    }
    return """
      <section><h2>\(purpose.title)</h2>
      <table><thead><tr><th>Method</th><th>Path</th><th>What it does</th><th>Key</th></tr></thead><tbody>
      \(rows)</tbody></table></section>

      """
  }

  private var modelList: String {
    guard !models.isEmpty else { return "" }
    let items = models.map { "<li><code>\(Self.escaped($0))</code></li>" }.joined()
    return "<section><h2>Models</h2><ul class=\"models\">\(items)</ul></section>\n"
  }

  private static func access(_ access: Endpoint.Access) -> String {
    switch access {
    case .open: "none"
    case .key: "any"
    case .masterKey: "master key"
    }
  }

  /// The text of a summary, its backquoted words as code.
  private static func markup(_ text: String) -> String {
    let parts = escaped(text).split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().map { $0.isMultiple(of: 2) ? String($1) : "<code>\($1)</code>" }.joined()
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  private static let style = """
    :root { color-scheme: light dark; --line: #8883; --soft: #8881; --muted: #777; }
    body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
    h1 { margin: 0; font-size: 1.9rem; }
    h2 { margin: 2.2rem 0 .6rem; font-size: 1.15rem; }
    header p { margin: .3rem 0; color: var(--muted); }
    a { color: #2563eb; }
    pre { padding: .8rem 1rem; overflow-x: auto; border-radius: .5rem; background: var(--soft); }
    code { font: .9em ui-monospace, monospace; }
    table { width: 100%; border-collapse: collapse; }
    th { text-align: left; font-weight: 600; color: var(--muted); font-size: .85rem; }
    th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
    .method { display: inline-block; min-width: 3.6rem; padding: .05rem 0; border-radius: .3rem; text-align: center; \
    font: 600 .75rem/1.6 ui-monospace, monospace; color: #fff; background: #64748b; }
    .get { background: #15803d; } .post { background: #1d4ed8; } .delete { background: #b91c1c; }
    .access { white-space: nowrap; color: var(--muted); }
    .models { columns: 16rem; padding-left: 1.1rem; }
    """
}
