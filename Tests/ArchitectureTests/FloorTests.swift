import Foundation
import Testing

/// Holds the sources to the floors of ARCHITECTURE.md.
struct FloorTests {
  /// What each folder under `Sources` may import, besides the standard library's own modules. This is the floor table.
  static let allowed: [String: Set<String>] = [
    "SourceDiagnostics": [],
    "Emitters": ["SourceDiagnostics"],
    "HTTP1": ["NIOCore"],
    "VaultPolicy": ["SourceDiagnostics"],
    "YAMLSyntax": ["CLibYAML", "SourceDiagnostics", "Glibc"],
    "GatewaySpec": ["SourceDiagnostics", "VaultPolicy", "YAMLSyntax"],
    "Validators": ["GatewaySpec", "SourceDiagnostics", "VaultPolicy", "YAMLSyntax"],
    "Compiler": ["Emitters", "GatewaySpec", "SourceDiagnostics", "Validators", "VaultPolicy", "Glibc"],
    "Runtime": [
      "GatewaySpec", "HTTP1", "SourceDiagnostics", "Validators", "Logging", "NIOCore", "NIOPosix", "NIOSSL",
      "NIOConcurrencyHelpers", "Dispatch", "Glibc",
    ],
    "RuleDocumentation": ["Compiler", "GatewayRuntime", "GatewaySpec", "SourceDiagnostics", "Validators"],
    "sluice": [
      "ArgumentParser", "Compiler", "Emitters", "GatewayRuntime", "GatewaySpec", "Logging", "RuleDocumentation",
      "SourceDiagnostics", "Validators", "VaultPolicy", "Glibc",
    ],
    "sluice-dev": [
      "ArgumentParser", "RuleDocumentation", "SluiceTestSupport", "SourceDiagnostics", "Foundation",
    ],
    "SluiceTestSupport": ["Compiler", "SourceDiagnostics", "Foundation"],
  ]
  static let standard: Set<String> = ["Swift", "Synchronization"]

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  struct SourceLine {
    let folder: String
    let path: String
    let number: Int
    let text: String
  }

  static let lines: [SourceLine] = {
    let sources = root.appending(path: "Sources")
    guard let paths = FileManager.default.enumerator(atPath: sources.path) else { return [] }
    var lines: [SourceLine] = []
    for case let path as String in paths where path.hasSuffix(".swift") {
      let folder = String(path.prefix { $0 != "/" })
      let text = (try? String(contentsOf: sources.appending(path: path), encoding: .utf8)) ?? ""
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        lines.append(SourceLine(folder: folder, path: "Sources/\(path)", number: index + 1, text: String(line)))
      }
    }
    return lines
  }()

  /// The module of an `import` line, or nil.
  static func importedModule(_ line: String) -> String? {
    var words = line.split(separator: " ").drop { $0.hasPrefix("@") }
    while let word = words.first, ["public", "internal", "package", "private", "fileprivate"].contains(word) {
      words = words.dropFirst()
    }
    guard words.first == "import" else { return nil }
    words = words.dropFirst()
    if let kind = words.first,
      ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"].contains(kind)
    {
      words = words.dropFirst()
    }
    return words.first.map { String($0.prefix { $0 != "." }) }
  }

  @Test
  func `a target imports only what its floor allows`() {
    #expect(Self.lines.count > 1000, "the sources were not found")
    for line in Self.lines {
      guard let module = Self.importedModule(line.text), !Self.standard.contains(module) else { continue }
      #expect(
        Self.allowed[line.folder]?.contains(module) == true,
        "\(line.path):\(line.number) imports \(module), which \(line.folder) must not")
    }
  }

  @Test
  func `only the YAML floor touches libyaml`() {
    for line in Self.lines where line.folder != "YAMLSyntax" && line.folder != "CLibYAML" {
      #expect(!line.text.contains("yaml_parser_"), "\(line.path):\(line.number)")
    }
  }

  @Test
  func `nothing in the product can crash on input by a forced unwrap or a fatal error`() {
    for line in Self.lines where line.folder != "SluiceTestSupport" && line.folder != "sluice-dev" {
      let code = line.text.trimmingCharacters(in: .whitespaces)
      if code.hasPrefix("//") { continue }
      for word in ["try!", "as!", "fatalError(", "preconditionFailure("] {
        #expect(!code.contains(word), "\(line.path):\(line.number): \(code)")
      }
      let words = code.replacing(/#".*?"#/, with: "").replacing(/"(?:[^"\\]|\\.)*"/, with: "")
      #expect(
        words.firstMatch(of: /[A-Za-z0-9_)\]]!(?![=])/) == nil, "\(line.path):\(line.number): \(code)")
    }
  }

  @Test
  func `the catalogue of providers is the only place that names providers`() {
    let names = ["mistral", "groq", "deepseek", "fireworks", "openrouter"]
    for line in Self.lines where !line.path.contains("Catalog/Providers/") {
      for name in names {
        #expect(!line.text.contains("\"\(name)"), "\(line.path):\(line.number) names the provider \(name)")
      }
    }
  }

  @Test
  func `an unchecked promise to the compiler says why it holds`() {
    for (index, line) in Self.lines.enumerated() where line.text.contains("@unchecked Sendable") {
      let before = Self.lines[max(0, index - 6)..<index].map(\.text).joined()
      #expect(before.contains("///") || before.contains("//"), "\(line.path):\(line.number)")
    }
  }
}
