import Glibc

/// Tells whether files have changed since they were last looked at, by what the kernel says of them and not by their content.
///
/// Kubernetes changes a mounted ConfigMap or Secret by turning a symbolic link to a new folder; links are followed, so that
/// this shows as another inode.
public struct WatchedFiles: Sendable {
  private struct Stamp: Equatable {
    let device: dev_t
    let inode: ino_t
    let size: off_t
    let seconds: Int
    let nanoseconds: Int
  }

  private let files: [String]
  private let folders: [String]
  private var stamps: [String: Stamp]

  /// Remembers how the files are now.
  ///
  /// - Parameters:
  ///   - files: paths of files; one that is not there may come.
  ///   - folders: paths of folders whose entries are watched too, not those of folders in them.
  public init(files: [String], folders: [String] = []) {
    self.files = files
    self.folders = folders
    stamps = Self.stamps(files, folders)
  }

  /// Whether any file has changed, come or gone since the last call.
  public mutating func haveChanged() -> Bool {
    let now = Self.stamps(files, folders)
    defer { stamps = now }
    return now != stamps
  }

  private static func stamps(_ files: [String], _ folders: [String]) -> [String: Stamp] {
    var stamps: [String: Stamp] = [:]
    for path in files + folders.flatMap(entries) {
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      stamps[path] = Stamp(
        device: status.st_dev, inode: status.st_ino, size: status.st_size, seconds: status.st_mtim.tv_sec,
        nanoseconds: status.st_mtim.tv_nsec)
    }
    return stamps
  }

  private static func entries(of folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var paths: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { paths.append("\(folder)/\(name)") }
    }
    return paths
  }
}
