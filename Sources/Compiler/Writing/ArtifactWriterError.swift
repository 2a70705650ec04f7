import Glibc

/// Why artifacts could not be written or compared. Nothing has changed when it is thrown.
public enum ArtifactWriterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The output folder is something else.
  case notAFolder(String)
  /// The output folder is the folder that the process works in, which cannot be exchanged under its feet.
  case currentFolder(String)
  /// A file of somebody else stands where an artifact belongs.
  case foreignFile(String)
  /// An artifact's path leads out of the folder, or two artifacts need the same name for a file and a folder.
  case invalidPath(String)
  /// The system refused; `code` is its error number.
  case refused(action: String, path: String, code: Int32)

  /// One line for people, without a full stop.
  public var description: String {
    switch self {
    case .notAFolder(let path):
      "`\(path)` is not a folder; name another one, or move it away"
    case .currentFolder(let path):
      "`\(path)` is the current folder; name a folder inside it"
    case .foreignFile(let path):
      "`\(path)` was not written by sluice and is in the way; move it, or name another folder"
    case .invalidPath(let path):
      "`\(path)` is no path for an artifact"
    case .refused(let action, let path, let code):
      "cannot \(action) `\(path)`: \(Self.reason(code))"
    }
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT: "no space is left"
    case EACCES, EPERM: "permission denied"
    case EROFS: "the file system is read-only"
    case EBUSY, EXDEV: "it is a mount point; name a folder inside it"
    default: strerror(code).map { String(cString: $0).lowercased() } ?? "error \(code)"
    }
  }
}
