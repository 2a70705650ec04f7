import Compiler
import Emitters
import Foundation
import GatewaySpec
import SluiceTestSupport
import SourceDiagnostics
import Testing
import Validators

/// One spec of `specs/`, linted and compiled. Adding a case is adding a file.
struct GoldenCase: CustomTestStringConvertible, Sendable {
  let kind: String
  let file: String

  var name: String { String(file.dropLast(".yaml".count)) }
  var testDescription: String { "\(kind)/\(name)" }

  static let all = ["valid", "invalid"].flatMap { kind -> [GoldenCase] in
    let folder = RepositoryLayout.specs.appending(path: kind)
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.sorted().map { GoldenCase(kind: kind, file: $0) }
  }

  private var folder: URL { RepositoryLayout.specs.appending(path: kind) }

  /// Reads the spec and the files beside it.
  func load(into sources: inout SourceMap) throws -> LoadedSpec {
    let bytes = Array(try Data(contentsOf: folder.appending(path: file)))
    return SpecLoader.load(bytes: bytes, name: "specs/\(kind)/\(file)", into: &sources) { [folder] path in
      guard let data = try? Data(contentsOf: folder.appending(path: path)) else {
        return .failure(SpecLoader.FileAccessError("no such file"))
      }
      return .success(Array(data))
    }
  }

  /// The spec as it is, and for each of its environments.
  func validated() throws -> [(environment: String?, spec: ValidatedSpec)] {
    var sources = SourceMap()
    let loaded = try load(into: &sources)
    let outcome = Validator.validate(loaded)
    return try ([nil] + loaded.environments.map(\.environment)).map { environment in
      (environment, try #require(outcome.validated(environment: environment), "\(name)"))
    }
  }
}

struct GoldenTests {
  @Test(arguments: GoldenCase.all)
  func `a spec gives the recorded findings and artifacts`(_ testCase: GoldenCase) throws {
    var sources = SourceMap()
    let loaded = try testCase.load(into: &sources)
    let outcome = Validator.validate(loaded)
    var made: [String: [UInt8]] = [:]
    var diagnostics = outcome.diagnostics
    if testCase.kind == "valid" {
      let spec = try #require(outcome.validated(), "\(outcome.diagnostics.map { "\($0.code) \($0.headline)" })")
      let compilation = Compiler.compile(spec)
      diagnostics += compilation.diagnostics
      for artifact in compilation.artifacts { made[artifact.path] = artifact.text.bytes }
    } else {
      #expect(outcome.diagnostics.hasErrors, "a case in specs/invalid must have an error")
      #expect(outcome.validated() == nil)
    }
    let findings = TextRenderer().render(diagnostics, of: sources, options: RenderingOptions())
    made["diagnostics.txt"] = Array(findings.utf8)
    let differences = try GoldenFolder.differences(
      of: made, from: RepositoryLayout.golden.appending(path: testCase.name))
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
  }

  @Test
  func `each folder of golden belongs to a spec, and no two specs share a name`() throws {
    let names = GoldenCase.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(!names.isEmpty)
    let folders = try FileManager.default.contentsOfDirectory(atPath: RepositoryLayout.golden.path)
    #expect(Set(folders).subtracting(names) == [], "orphans: nothing makes them")
  }
}
