import Emitters
public import SourceDiagnostics

/// A difference between an output folder and what the spec compiles to.
public struct Drift: Sendable {
  /// What is different.
  public enum Kind: Sendable {
    /// The file is not there.
    case missing
    /// The file has other content; the diff leads from the file to what would be compiled.
    case different(UnifiedDiff)
    /// The file was written by an earlier run and is no longer compiled.
    case stale
  }

  /// The path below the output folder.
  public let path: String
  /// What is different.
  public let kind: Kind
}

extension ArtifactWriter {
  /// Compares a folder with artifacts and changes nothing. Files of somebody else are no difference, unless one stands
  /// where an artifact belongs.
  ///
  /// - Parameter folders: the folders at the top of the output that the artifacts fill; what earlier runs wrote elsewhere is
  ///   no difference. `nil` is the whole output.
  /// - Returns: the differences, sorted by path; none if the folder is up to date.
  public func check(
    _ artifacts: [Artifact], against folder: String, onlyBelow folders: [String]? = nil
  ) throws(ArtifactWriterError) -> [Drift] {
    let target = try OutputFolder(folder, operations, mayBeCurrent: true)
    var drifts: [Drift] = []
    for artifact in artifacts {
      switch try target.state(of: artifact, isOurs: true) {
      case .same: break
      case .missing, .foreign: drifts.append(Drift(path: artifact.path, kind: .missing))
      case .different(let content):
        let diff = UnifiedDiff(
          from: content, to: artifact.text.bytes, oldName: "a/\(artifact.path)", newName: "b/\(artifact.path)")
        drifts.append(Drift(path: artifact.path, kind: .different(diff)))
      }
    }
    let current = Set(artifacts.map(\.path))
    for path in try target.manifest() where !current.contains(path) && OutputFolder.isPath(path, below: folders) {
      if try operations.entry(at: target.path + "/" + path)?.kind == .file {
        drifts.append(Drift(path: path, kind: .stale))
      }
    }
    return drifts.sorted { $0.path < $1.path }
  }
}
