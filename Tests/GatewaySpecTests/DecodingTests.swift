import GatewaySpec
import SourceDiagnostics
import Testing

struct DecodingTests {
  @Test
  func `a written value knows its place and its key's, a default the place that leaves it out`() {
    let spec = SpecText(minimalAnd: "server:\n  port: 8080 # here\n")
    let server = spec.spec.server.value
    #expect(server.port.value.number == 8080)
    #expect(server.port.origin == .written)
    #expect(spec.text(of: server.port.span) == "8080")
    #expect(spec.text(of: server.port.keySpan) == "port")
    #expect(server.requestTimeout.origin == .defaulted)
    #expect(server.requestTimeout.value == .seconds(600))
    #expect(spec.text(of: server.requestTimeout.span) == "server")
    #expect(spec.findings == [])
  }

  @Test
  func `a misspelt key is one finding, and its value is read as the key that was meant`() {
    let spec = SpecText(minimalAnd: "modles:\n  chat:\n    targets: [{ provider: p, modle: m, weight: many }]\n")
    #expect(spec.findings == ["GW1001 modles", "GW1001 modle", "GW1004 many"])
    #expect(spec.spec.models.value.map(\.name.value.text) == ["chat"])
    #expect(spec.loaded.diagnostics[0].help == ["a key with a similar name exists: `models`"])
  }

  @Test
  func `a key that must be there is missed once, and not at all when it is misspelt`() {
    #expect(SpecText("apiVersion: sluice/v1\nkind: Gateway\nmetadata: { nam: x }\n").findings == ["GW1001 nam"])
    #expect(
      SpecText("apiVersion: sluice/v1\nkind: Gateway\nmetadata: { labels: {} }\n").findings == ["GW1002 metadata"])
  }

  @Test(arguments: [
    ("server: { liveness: { path: /x } }\n", "`liveness` is a key of `probes`, one level down"),
    (
      "server: { probes: { maxBodySize: 1Mi } }\n",
      "`maxBodySize` is a key of the section around this one, one level up"
    ),
    ("clusterIssuer: x\n", nil),
  ])
  func `a key of a neighbouring level is pointed at`(_ more: String, help: String?) {
    let spec = SpecText(minimalAnd: more)
    #expect(spec.loaded.diagnostics.count == 1)
    #expect(spec.loaded.diagnostics.first?.code == DiagnosticCode(1001))
    #expect(spec.loaded.diagnostics.first?.help == (help.map { [$0] } ?? []))
  }

  @Test(arguments: [
    ("server: [1]\n", "GW1003 [1]"), ("server:\n", "GW1003 server"), ("server: { port: }\n", "GW1003 port"),
    ("server: { port: [1] }\n", "GW1003 [1]"), ("models: { m: { targets: {} } }\n", "GW1003 {}"),
    ("database: { url: { secret: s }, poolSize: 0 }\n", "GW1006 0"), ("engine: { type: litelm }\n", "GW1005 litelm"),
    ("providers: { p: { type: opnai } }\n", "GW1005 opnai"), ("server: { maxBodySize: 20MB }\n", "GW1004 MB"),
  ])
  func `a value of another kind, empty or outside its range is one finding`(_ more: String, finding: String) {
    #expect(SpecText(minimalAnd: more).findings == [finding])
  }

  @Test
  func `decoding goes on after a mistake`() {
    let spec = SpecText(minimalAnd: "server: { port: x, maxBodySize: y }\nengine: { replicas: z }\nrouting: 3\n")
    #expect(spec.findings.map { $0.prefix(6) } == ["GW1004", "GW1004", "GW1004", "GW1003"])
    #expect(spec.spec.server.value.port.isInvalid)
    #expect(spec.spec.server.value.port.known == nil)
    #expect(spec.spec.routing.isInvalid)
  }

  @Test
  func `a map knows which names it could not read, so that nobody calls them missing`() {
    let spec = SpecText(minimalAnd: "providers: { ok: { type: mock }, Bad Name: { type: mock }, broken: 3 }\n")
    let providers = spec.spec.providers.value
    func lookUp(_ name: String) -> String {
      switch providers.lookUp(EntryName(name)) {
      case .found: "found"
      case .unreadable: "unreadable"
      case .missing: "missing"
      }
    }
    #expect(lookUp("ok") == "found")
    #expect(lookUp("broken") == "unreadable")
    #expect(lookUp("other") == "missing")
    #expect(spec.findings.count == 2)
  }

  @Test
  func `a password in a URL is not shown again by the finding about it`() {
    let spec = SpecText(minimalAnd: "vault: { address: \"https://me:hunter2@vault.example.com\" }\n")
    let text = TextRenderer().render(spec.loaded.diagnostics, of: spec.loaded.sources, options: RenderingOptions())
    #expect(spec.findings.count == 1)
    #expect(text.contains("GW1004") && text.contains("****"))
    #expect(!text.contains("hunter2") && !text.contains("me:"))
  }

  @Test(arguments: [
    "providers: { p: { type: openai, apiKey: sk-ant-SECRETSECRETSECRET } }\n",
    "auth: { masterKey: { secret: sk-SECRETSECRETSECRETSECRET } }\n",
    "secrets: { entries: { a: hvs.SECRETSECRETSECRETSECRET } }\n",
    "server: { port: sk-SECRETSECRETSECRETSECRET }\n",
    "database: { url: \"postgresql://u:SECRETSECRET@db/x\" }\nserver: { prot: 1 }\n",
    "servers: { a: sk-SECRETSECRETSECRETSECRET }\n",
  ])
  func `a credential in the wrong place is in no word and no line of what is said about it`(_ more: String) {
    let spec = SpecText(minimalAnd: more)
    for renderer in RendererCatalog.all {
      let text = renderer.render(spec.loaded.diagnostics, of: spec.loaded.sources, options: RenderingOptions())
      #expect(!text.contains("SECRETSECRET"), "\(renderer.name): \(text)")
    }
  }

  @Test
  func `an unknown version of the language says so`() {
    #expect(SpecText("apiVersion: sluice/v2\nkind: Gateway\nmetadata: { name: x }\n").findings == ["GW1008 sluice/v2"])
  }

  @Test
  func `a plain scalar that YAML readers dispute is pointed at where text is meant`() {
    #expect(
      SpecText(minimalAnd: "engine: { env: { A: yes, B: \"yes\", C: 12:30, D: 1_000, E: 0644, F: 17 } }\n").findings
        == ["GW0014 yes", "GW0014 12:30", "GW0014 1_000", "GW0014 0644"])
  }

  @Test
  func `settings of the engine keep types and places`() throws {
    let spec = SpecText(
      minimalAnd: "engine:\n  settings: { drop_params: true, n: 3, f: 1.5, t: \"3\", l: [a], z: null }\n")
    guard case .map(let entries) = spec.spec.engine.value.settings?.value else {
      Issue.record("no map")
      return
    }
    #expect(entries.map(\.key) == ["drop_params", "n", "f", "t", "l", "z"])
    guard case .boolean(true) = entries[0].value.value, case .integer(3) = entries[1].value.value,
      case .number("1.5") = entries[2].value.value, case .text("3") = entries[3].value.value,
      case .list(let list) = entries[4].value.value, case .null = entries[5].value.value
    else {
      Issue.record("\(entries)")
      return
    }
    #expect(spec.text(of: list[0].span) == "a")
  }

  @Test
  func `the declarations give every key a sentence of documentation`() {
    var checked = 0
    func check(_ section: SectionShape, path: String) {
      #expect(section.summary.hasSuffix("."), "\(path)")
      for field in section.fields {
        checked += 1
        #expect(field.documentation.hasSuffix(".") && field.documentation.count > 8, "\(path).\(field.key)")
        if let inner = field.shape.section { check(inner, path: "\(path).\(field.key)") }
      }
      #expect(Set(section.fields.map(\.key)).count == section.fields.count, "\(path)")
    }
    guard case .section(let root) = GatewaySpec.shape else {
      Issue.record("the spec is no section")
      return
    }
    check(root, path: "")
    #expect(checked > 100)
  }

  @Test
  func `any bytes and any mutation of a spec are read without a crash, and every place lies in the file`() {
    var generator = SeededGenerator(seed: 7)
    let seed = Array(
      """
      apiVersion: sluice/v1
      kind: Gateway
      metadata: { name: gateway, labels: { a: b } }
      engine: { type: litellm, settings: { a: [1, { b: c }] } }
      vault:
        address: https://vault.example.com
        mounts: { kv: { version: 2 } }
        policies: { p: { paths: [{ path: kv/data/a, capabilities: [read] }] } }
      models: { m: { targets: [{ provider: p, model: x }] } }
      environments: { a: { engine: { type: sluice }, vault: null }, b: { models: { m: null } } }
      """.utf8)
    let alphabet = Array("{}[]:,&*!|>'\"%@`#-? \n\tx0é".utf8)
    for _ in 0..<3000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = alphabet.randomElement(using: &generator) ?? 0
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        }
      }
      var sources = SourceMap()
      let loaded = SpecLoader.load(bytes: bytes, name: "x", into: &sources) { _ in .failure(.init("none")) }
      for diagnostic in loaded.diagnostics {
        for span in [diagnostic.primary.span] + diagnostic.related.map(\.span) {
          #expect(span.end <= bytes.count && span.start <= span.end)
        }
      }
    }
  }
}

extension EntryName {
  /// A name of a test; one that is none becomes the placeholder.
  init(_ text: String) { self = (try? EntryName(parsing: text)) ?? .placeholder }
}
