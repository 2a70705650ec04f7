import Emitters
import Glibc

/// Writes artifacts to a folder, whole or not at all: the only part of the compiler that touches files.
///
/// Everything is written to a new folder beside the old one, which it then replaces in one step. What was written by an
/// earlier run and is no longer compiled disappears with the old folder; what somebody else put there moves over, and is
/// never replaced or removed.
public struct ArtifactWriter: Sendable {
  /// What a run has done.
  public struct Report: Hashable, Sendable {
    /// The paths that are new or have changed, sorted.
    public var written: [String] = []
    /// The paths of earlier runs that are gone, sorted.
    public var removed: [String] = []
    /// How many artifacts stood there already.
    public var unchangedCount = 0
    /// The old folder, if it could not be removed because something appeared in it meanwhile.
    public var leftover: String?
  }

  var operations = FileOperations()

  /// Makes a writer.
  public init() {}

  /// Makes the folder hold these artifacts, and removes what earlier runs wrote beside them.
  ///
  /// - Parameter folders: the folders at the top of the output that the artifacts fill; what earlier runs wrote elsewhere
  ///   stays, and stays listed. `nil` is the whole output.
  /// - Throws: why nothing was done.
  @discardableResult
  public func write(
    _ artifacts: [Artifact], to folder: String, onlyBelow folders: [String]? = nil
  ) throws(ArtifactWriterError) -> Report {
    try checkPaths(artifacts)
    let target = try OutputFolder(folder, operations)
    let old = try target.manifest()
    var report = Report()
    for artifact in artifacts {
      switch try target.state(of: artifact, isOurs: old.contains(artifact.path)) {
      case .same: report.unchangedCount += 1
      case .missing, .different: report.written.append(artifact.path)
      case .foreign(let path): throw .foreignFile(path)
      }
    }
    let current = Set(artifacts.map(\.path))
    let listed = current.union(old.filter { !OutputFolder.isPath($0, below: folders) })
    for path in old.sorted() where !listed.contains(path) {
      if try operations.entry(at: target.path + "/" + path)?.kind == .file { report.removed.append(path) }
    }
    report.written.sort()
    if report.written.isEmpty, report.removed.isEmpty, old == listed { return report }
    // Whatever stands at an artifact's path by now is ours, or the same.
    let ours = old.subtracting(listed).union(current)
    report.leftover = try replace(target, with: artifacts, ours: ours, listing: listed)
    return report
  }

  private func checkPaths(_ artifacts: [Artifact]) throws(ArtifactWriterError) {
    var files: Set<String> = []
    for artifact in artifacts {
      guard OutputManifest.isPath(artifact.path), files.insert(artifact.path).inserted else {
        throw .invalidPath(artifact.path)
      }
    }
    for path in files {
      if let clash = OutputFolder.parents(of: path).first(where: files.contains) { throw .invalidPath(clash) }
    }
  }

  private func replace(
    _ target: OutputFolder, with artifacts: [Artifact], ours: Set<String>, listing listed: Set<String>
  ) throws(ArtifactWriterError) -> String? {
    let parent = target.path.lastIndex(of: "/").map { String(target.path[..<$0]) } ?? "."
    if !target.exists { try operations.makeFolders(parent.isEmpty ? "/" : parent) }
    let fresh = try makeSibling(in: parent, mode: target.mode)
    do {
      let carried = target.exists ? try target.carryOver(to: fresh, except: ours) : []
      var folders = Set(carried.filter(\.isFolder).map(\.path))
      for artifact in artifacts {
        for folder in OutputFolder.parents(of: artifact.path).reversed() where folders.insert(folder).inserted {
          try operations.makeFolder(fresh + "/" + folder)
        }
        try operations.write(
          artifact.text.bytes, to: fresh + "/" + artifact.path, isExecutable: artifact.path.hasSuffix(".sh"))
      }
      try operations.write(
        OutputManifest(listed).bytes, to: fresh + "/" + OutputManifest.fileName, isExecutable: false)
      try operations.move(fresh, to: target.path, isExchange: target.exists)
      return target.exists ? target.removeOld(at: fresh, carried: carried, ours: ours) : nil
    } catch {
      operations.removeTree(fresh)
      throw error
    }
  }

  private func makeSibling(in parent: String, mode: mode_t?) throws(ArtifactWriterError) -> String {
    for number in 0..<1000 {
      let path = "\(parent)/.sluice-\(getpid())-\(number)"
      do {
        try operations.makeFolder(path, mode: mode)
        return path
      } catch .refused(_, _, EEXIST) {
        continue
      }
    }
    throw .refused(action: "make folder", path: parent, code: EEXIST)
  }
}
