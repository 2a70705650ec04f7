@testable import Compiler
import Emitters
import Foundation
import SourceDiagnostics
import Testing

@Suite struct `Artifact writer` {
  private let folder = TemporaryFolder()
  private var output: String { folder.path + "/deploy" }

  private static func artifacts(_ files: KeyValuePairs<String, String>) -> [Artifact] {
    files.map { path, text in
      Artifact(path: path, text: EmittedText(bytes: Array(text.utf8), lineOrigins: []))
    }
  }

  private static let first = artifacts(["a/one.yaml": "1\n", "a/two.yaml": "2\n", "b/run.sh": "#!/bin/sh\n"])

  @Test func `a folder that is not there is made, with those above it`() throws {
    let path = folder.path + "/x/y/deploy"
    let report = try ArtifactWriter().write(Self.first, to: path)
    #expect(report.written == ["a/one.yaml", "a/two.yaml", "b/run.sh"])
    #expect(try folder.files("x/y/deploy") == [".sluice-output", "a/one.yaml", "a/two.yaml", "b/run.sh"])
    #expect(FileManager.default.isExecutableFile(atPath: path + "/b/run.sh"))
    #expect(!FileManager.default.isExecutableFile(atPath: path + "/a/one.yaml"))
    #expect(try folder.files("x/y").allSatisfy { $0.hasPrefix("deploy/") })
  }

  @Test func `a second run changes what changed and removes what is gone`() throws {
    try ArtifactWriter().write(Self.first, to: output)
    let second = Self.artifacts(["a/one.yaml": "1\n", "c/three.yaml": "3\n", "b/run.sh": "#!/bin/sh\ntrue\n"])
    let report = try ArtifactWriter().write(second, to: output)
    #expect(report.written == ["b/run.sh", "c/three.yaml"])
    #expect(report.removed == ["a/two.yaml"])
    #expect(report.unchangedCount == 1)
    #expect(report.leftover == nil)
    #expect(try folder.files("deploy") == [".sluice-output", "a/one.yaml", "b/run.sh", "c/three.yaml"])
    #expect(try folder.entries() == ["deploy"])
  }

  @Test func `a run without change touches nothing`() throws {
    try ArtifactWriter().write(Self.first, to: output)
    let before = try FileManager.default.attributesOfItem(atPath: output)[.systemFileNumber] as? Int
    let report = try ArtifactWriter().write(Self.first, to: output)
    #expect(report == ArtifactWriter.Report(unchangedCount: 3))
    #expect(try FileManager.default.attributesOfItem(atPath: output)[.systemFileNumber] as? Int == before)
  }

  @Test func `what somebody else put there stays, folders and links too`() throws {
    try ArtifactWriter().write(Self.first, to: output)
    try folder.write("mine", to: "deploy/README.md")
    try folder.write("mine", to: "deploy/a/patch.yaml")
    try folder.write("mine", to: "deploy/own/deep/file")
    try FileManager.default.createDirectory(atPath: output + "/empty", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(atPath: output + "/link", withDestinationPath: "nowhere")
    try ArtifactWriter().write(Self.artifacts(["c/three.yaml": "3\n"]), to: output)
    #expect(
      try folder.files("deploy") == [
        ".sluice-output", "README.md", "a/patch.yaml", "c/three.yaml", "empty/", "link", "own/deep/file",
      ])
    #expect(try folder.read("deploy/own/deep/file") == "mine")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: output + "/link") == "nowhere")
    #expect(try folder.entries() == ["deploy"])
  }

  @Test func `a foreign file in the way is an error and nothing happens`() throws {
    try folder.write("mine", to: "deploy/a/one.yaml")
    #expect(throws: ArtifactWriterError.foreignFile(output + "/a/one.yaml")) {
      try ArtifactWriter().write(Self.first, to: output)
    }
    #expect(try folder.files("deploy") == ["a/one.yaml"])
    #expect(try folder.read("deploy/a/one.yaml") == "mine")
    #expect(try folder.entries() == ["deploy"])
  }

  @Test func `a foreign file or link in the place of a folder is an error`() throws {
    try folder.write("mine", to: "deploy/a")
    #expect(throws: ArtifactWriterError.foreignFile(output + "/a")) {
      try ArtifactWriter().write(Self.first, to: output)
    }
    try FileManager.default.removeItem(atPath: output + "/a")
    try FileManager.default.createDirectory(atPath: folder.path + "/outside", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(atPath: output + "/a", withDestinationPath: "../outside")
    #expect(throws: ArtifactWriterError.foreignFile(output + "/a")) {
      try ArtifactWriter().write(Self.first, to: output)
    }
    #expect(try folder.files("outside") == [])
  }

  @Test func `a foreign file with just the right content is no obstacle`() throws {
    try folder.write("1\n", to: "deploy/a/one.yaml")
    try ArtifactWriter().write(Self.first, to: output)
    #expect(try folder.files("deploy").contains("a/two.yaml"))
  }

  @Test func `a list that names files outside removes nothing there`() throws {
    try folder.write("mine", to: "precious")
    try folder.write("# list\n../precious\n/etc/hostname\na/../../precious\n", to: "deploy/.sluice-output")
    let report = try ArtifactWriter().write(Self.first, to: output)
    #expect(report.removed == [])
    #expect(try folder.read("precious") == "mine")
  }

  @Test func `a file in the place of the output folder is an error`() throws {
    try folder.write("mine", to: "deploy")
    #expect(throws: ArtifactWriterError.notAFolder(output)) { try ArtifactWriter().write(Self.first, to: output) }
    #expect(try folder.read("deploy") == "mine")
  }

  @Test func `the current folder is not exchanged`() throws {
    let current = FileManager.default.currentDirectoryPath
    #expect(throws: ArtifactWriterError.currentFolder(".")) { try ArtifactWriter().write(Self.first, to: ".") }
    #expect(throws: ArtifactWriterError.currentFolder(current)) { try ArtifactWriter().write(Self.first, to: current) }
  }

  @Test func `a linked output folder is written where the link leads`() throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/real", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(atPath: output, withDestinationPath: "real")
    try ArtifactWriter().write(Self.first, to: output)
    #expect(try folder.files("real").contains("a/one.yaml"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: output) == "real")
  }

  @Test(arguments: ["../x", "/x", "a//b", "a/./b", "", ".sluice-output", "a\nb"])
  func `a path that leads out is refused`(_ path: String) {
    #expect(throws: ArtifactWriterError.invalidPath(path)) {
      try ArtifactWriter().write(
        [Artifact(path: path, text: EmittedText(bytes: [], lineOrigins: []))], to: output)
    }
  }

  @Test func `one name for a file and a folder is refused`() {
    #expect(throws: ArtifactWriterError.invalidPath("a")) {
      try ArtifactWriter().write(Self.artifacts(["a": "", "a/b": ""]), to: output)
    }
  }

  @Test(arguments: [FileOperations.Call.makeFolder, .write, .link, .exchange])
  func `a failure leaves everything as it was`(_ call: FileOperations.Call) throws {
    try ArtifactWriter().write(Self.first, to: output)
    try folder.write("mine", to: "deploy/own/file")
    let before = try folder.contents()
    for failure in 0..<8 {
      let count = Counter()
      var writer = ArtifactWriter()
      writer.operations.fault = { made, _ in made == call && count.next() == failure ? ENOSPC : nil }
      let changed = Self.artifacts(["a/one.yaml": "new\n", "d/four.yaml": "4\n"])
      do {
        try writer.write(changed, to: output)
        #expect(failure > 0)
        return
      } catch {
        #expect("\(error)".hasSuffix("no space is left"))
        #expect(try folder.contents() == before, "\(call) \(failure)")
      }
    }
  }

  @Test func `a file that appears after the exchange is not removed with the old folder`() throws {
    try ArtifactWriter().write(Self.first, to: output)
    var writer = ArtifactWriter()
    let path = output
    writer.operations.fault = { call, _ in
      if call == .exchange { _ = FileManager.default.createFile(atPath: path + "/late", contents: Data("mine".utf8)) }
      return nil
    }
    let report = try writer.write(Self.artifacts(["a/one.yaml": "new\n"]), to: output)
    let leftover = try #require(report.leftover)
    #expect(try String(contentsOfFile: leftover + "/late", encoding: .utf8) == "mine")
  }

  @Test(arguments: [
    (EACCES, "permission denied"), (EROFS, "the file system is read-only"), (ENOSPC, "no space is left"),
    (EBUSY, "it is a mount point; name a folder inside it"),
  ])
  func `the reason is said in words`(_ code: Int32, _ reason: String) {
    var writer = ArtifactWriter()
    writer.operations.fault = { call, _ in call == .write ? code : nil }
    #expect(throws: ArtifactWriterError.self) { try writer.write(Self.first, to: output) }
    do {
      try writer.write(Self.first, to: output)
    } catch {
      #expect("\(error)".hasPrefix("cannot write `") && "\(error)".hasSuffix(": \(reason)"), "\(error)")
    }
  }

  @Test func `a check tells missing, different and stale files apart`() throws {
    try ArtifactWriter().write(Self.first, to: output)
    #expect(try ArtifactWriter().check(Self.first, against: output).isEmpty)
    try folder.write("mine", to: "deploy/other")
    let changed = Self.artifacts(["a/one.yaml": "new\n", "b/run.sh": "#!/bin/sh\n", "c/three.yaml": "3\n"])
    let drifts = try ArtifactWriter().check(changed, against: output)
    #expect(drifts.map(\.path) == ["a/one.yaml", "a/two.yaml", "c/three.yaml"])
    guard case .different(let diff) = drifts[0].kind, case .stale = drifts[1].kind, case .missing = drifts[2].kind
    else {
      Issue.record("\(drifts)")
      return
    }
    #expect(diff.text == "--- a/a/one.yaml\n+++ b/a/one.yaml\n@@ -1 +1 @@\n-1\n+new\n")
    #expect(try folder.read("deploy/a/one.yaml") == "1\n")
  }

  @Test func `with some of the folders the others stay, and stay ours`() throws {
    try ArtifactWriter().write(Self.first, to: output)
    let some = Self.artifacts(["a/one.yaml": "new\n"])
    #expect(
      try ArtifactWriter().check(some, against: output, onlyBelow: ["a"]).map(\.path) == ["a/one.yaml", "a/two.yaml"])
    let report = try ArtifactWriter().write(some, to: output, onlyBelow: ["a"])
    #expect(report == ArtifactWriter.Report(written: ["a/one.yaml"], removed: ["a/two.yaml"]))
    #expect(try folder.files("deploy") == [".sluice-output", "a/one.yaml", "b/run.sh"])
    #expect(try folder.read("deploy/.sluice-output").hasSuffix("\na/one.yaml\nb/run.sh\n"))
    #expect(try ArtifactWriter().check(some, against: output, onlyBelow: ["a"]).isEmpty)
    #expect(try ArtifactWriter().write(some, to: output, onlyBelow: ["a"]).unchangedCount == 1)
    #expect(try ArtifactWriter().write(some, to: output).removed == ["b/run.sh"])
  }

  @Test func `a folder's name is no prefix of another's`() throws {
    try ArtifactWriter().write(Self.artifacts(["ab/one": "1"]), to: output)
    #expect(try ArtifactWriter().write([], to: output, onlyBelow: ["a"]).removed == [])
  }

  @Test func `a check of a folder that is not there misses everything`() throws {
    #expect(try ArtifactWriter().check(Self.first, against: output).count == 3)
    #expect(try folder.entries() == [])
  }

  @Test func `the stream is YAML documents without the kustomization, then the other files`() throws {
    let stream = ArtifactStream.bytes(
      of: Self.artifacts([
        "kubernetes/a.yaml": "a: 1\n", "kubernetes/kustomization.yaml": "k: 1\n", "vault/p.hcl": "path\n",
      ]))
    #expect(
      String(decoding: stream, as: UTF8.self) == "--- # kubernetes/a.yaml\na: 1\n# ==> vault/p.hcl\npath\n")
  }
}

/// Counts calls from a sendable closure.
private final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  func next() -> Int {
    lock.withLock {
      count += 1
      return count - 1
    }
  }
}

/// A folder that goes away with the test.
private final class TemporaryFolder: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path + "/sluice-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    let file = URL(filePath: path + "/" + name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func read(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

  /// The names in the folder itself, hidden ones too.
  func entries() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

  /// All files below a folder, and empty folders with a slash behind them.
  func files(_ folder: String = "") throws -> [String] {
    let root = path + "/" + folder
    return try FileManager.default.subpathsOfDirectory(atPath: root).compactMap { name in
      let attributes = try FileManager.default.attributesOfItem(atPath: root + "/" + name)
      guard attributes[.type] as? FileAttributeType == .typeDirectory else { return name }
      return try FileManager.default.contentsOfDirectory(atPath: root + "/" + name).isEmpty ? name + "/" : nil
    }.sorted()
  }

  /// All files with what is in them.
  func contents() throws -> [String: String] {
    Dictionary(uniqueKeysWithValues: try files().map { ($0, (try? read($0)) ?? "") })
  }
}
