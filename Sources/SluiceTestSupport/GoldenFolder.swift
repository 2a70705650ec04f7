public import Foundation
import SourceDiagnostics

/// Compares files that were made with the files that are kept, and records them on request.
///
/// With `UPDATE_GOLDEN=1` in the environment the kept files are rewritten and the comparison fails all the same, so that
/// no run both records and passes.
public enum GoldenFolder {
  /// What differs, as texts for a failure message; empty if nothing does.
  ///
  /// - Parameters:
  ///   - made: the files by path relative to `folder`.
  ///   - folder: where the kept files stand; one that is not among `made` is an orphan.
  public static func differences(of made: [String: [UInt8]], from folder: URL) throws -> [String] {
    let kept = try files(in: folder)
    var differences: [String] = []
    for (path, bytes) in made.sorted(by: { $0.key < $1.key }) {
      guard let old = kept[path] else {
        differences.append("\(path) is not recorded")
        continue
      }
      let diff = UnifiedDiff(from: old, to: bytes, oldName: "recorded/\(path)", newName: "made/\(path)")
      if !diff.isEmpty { differences.append(diff.text) }
    }
    for path in kept.keys.sorted() where made[path] == nil {
      differences.append("\(path) is an orphan: nothing makes it")
    }

    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1", !differences.isEmpty {
      try record(made, kept: kept, in: folder)
      differences.append("recorded in \(folder.lastPathComponent); run again without UPDATE_GOLDEN")
    } else if !differences.isEmpty {
      differences.append("if that is meant, run `make golden` and review the change")
    }
    return differences
  }

  private static func record(_ made: [String: [UInt8]], kept: [String: [UInt8]], in folder: URL) throws {
    for path in kept.keys where made[path] == nil {
      try FileManager.default.removeItem(at: folder.appending(path: path))
    }
    for (path, bytes) in made {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
  }

  private static func files(in folder: URL) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    guard let paths = FileManager.default.enumerator(atPath: folder.path) else { return files }
    for case let path as String in paths {
      let file = folder.appending(path: path)
      if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        files[path] = Array(try Data(contentsOf: file))
      }
    }
    return files
  }
}
