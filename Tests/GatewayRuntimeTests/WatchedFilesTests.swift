import Foundation
import Testing

@testable import GatewayRuntime

@Suite struct WatchedFilesTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name), options: .atomic)
  }

  /// What two looks say.
  private func twice(_ watched: inout WatchedFiles) -> [Bool] {
    [watched.haveChanged(), watched.haveChanged()]
  }

  @Test func `a change, a new file and a removed one are seen once`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("a", "spec")
    var watched = WatchedFiles(files: [folder.path + "/spec"], folders: [folder.path + "/secrets"])
    #expect(twice(&watched) == [false, false])
    try write("b", "spec")
    #expect(twice(&watched) == [true, false])
    try FileManager.default.createDirectory(at: folder.appending(path: "secrets"), withIntermediateDirectories: true)
    #expect(twice(&watched) == [false, false])
    try write("x", "secrets/KEY")
    #expect(twice(&watched) == [true, false])
    try FileManager.default.removeItem(at: folder.appending(path: "secrets/KEY"))
    #expect(twice(&watched) == [true, false])
  }

  @Test func `a mounted Secret changes by its link`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let manager = FileManager.default
    for version in ["1", "2"] {
      try manager.createDirectory(at: folder.appending(path: version), withIntermediateDirectories: true)
      try write("same size \(version)", "\(version)/KEY")
    }
    try manager.createSymbolicLink(atPath: folder.path + "/..data", withDestinationPath: "1")
    try manager.createSymbolicLink(atPath: folder.path + "/KEY", withDestinationPath: "..data/KEY")
    var watched = WatchedFiles(files: [], folders: [folder.path])
    #expect(twice(&watched) == [false, false])
    try manager.createSymbolicLink(atPath: folder.path + "/..new", withDestinationPath: "2")
    _ = watched.haveChanged()
    #expect(rename(folder.path + "/..new", folder.path + "/..data") == 0)
    #expect(twice(&watched) == [true, false])
  }
}
