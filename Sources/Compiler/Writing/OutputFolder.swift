import Emitters
import Glibc

/// The folder that artifacts are written to, as it stands.
struct OutputFolder {
  /// What stands where an artifact belongs.
  enum State {
    case missing, same
    case different([UInt8])
    /// Something of somebody else, at that path.
    case foreign(String)
  }

  /// A file or folder of somebody else that has a place in the new folder too.
  struct Carried {
    let path: String
    let isFolder: Bool
  }

  /// The path without symbolic links.
  let path: String
  let exists: Bool
  /// The permissions of the folder.
  let mode: mode_t?
  private let operations: FileOperations

  /// Looks at a folder. `mayBeCurrent` tells whether it may hold the folder that the process works in.
  init(_ folder: String, _ operations: FileOperations, mayBeCurrent: Bool = false) throws(ArtifactWriterError) {
    self.operations = operations
    var name = folder.isEmpty ? "." : folder
    while name.count > 1, name.hasSuffix("/") { name.removeLast() }
    guard let real = operations.realPath(name) else {
      if try operations.entry(at: name) != nil { throw .notAFolder(folder) }
      path = name
      exists = false
      mode = nil
      return
    }
    guard let entry = try operations.entry(at: real), entry.kind == .folder else { throw .notAFolder(folder) }
    path = real
    exists = true
    mode = entry.mode
    if !mayBeCurrent, let current = operations.realPath("."),
      current == real || current.hasPrefix(real == "/" ? "/" : real + "/")
    {
      throw .currentFolder(folder)
    }
  }

  /// The folders above a path, innermost first.
  static func parents(of path: String) -> [String] {
    var parents: [String] = []
    var rest = path[...]
    while let slash = rest.lastIndex(of: "/") {
      rest = rest[..<slash]
      parents.append(String(rest))
    }
    return parents
  }

  /// Whether a path lies in one of the folders; `nil` is the whole output.
  static func isPath(_ path: String, below folders: [String]?) -> Bool {
    folders.map { $0.contains { path.hasPrefix($0 + "/") } } ?? true
  }

  /// What earlier runs have written.
  func manifest() throws(ArtifactWriterError) -> Set<String> {
    let file = path + "/" + OutputManifest.fileName
    guard exists, let entry = try operations.entry(at: file) else { return [] }
    guard entry.kind == .file else { throw .foreignFile(file) }
    return Set(OutputManifest(parsing: try operations.read(file)).paths)
  }

  /// What stands where an artifact belongs. A file that holds just what the artifact does is as good as ours.
  func state(of artifact: Artifact, isOurs: Bool) throws(ArtifactWriterError) -> State {
    guard exists else { return .missing }
    for parent in Self.parents(of: artifact.path).reversed() {
      guard let entry = try operations.entry(at: path + "/" + parent) else { return .missing }
      if entry.kind != .folder { return .foreign(path + "/" + parent) }
    }
    let file = path + "/" + artifact.path
    guard let entry = try operations.entry(at: file) else { return .missing }
    guard entry.kind == .file else { return .foreign(file) }
    let content = try operations.read(file)
    if content == artifact.text.bytes { return .same }
    return isOurs ? .different(content) : .foreign(file)
  }

  /// Gives everything that is not ours a second name in the new folder, so that it is there at the very moment in which
  /// the new folder takes the place of the old. Returns it with folders before what is in them.
  func carryOver(to fresh: String, except ours: Set<String>) throws(ArtifactWriterError) -> [Carried] {
    let ourFolders = Set(ours.flatMap(Self.parents))
    var carried: [Carried] = []
    func visit(_ prefix: String) throws(ArtifactWriterError) {
      for name in try operations.names(in: prefix.isEmpty ? path : path + "/" + prefix) {
        let relative = prefix.isEmpty ? name : prefix + "/" + name
        if ours.contains(relative) || relative == OutputManifest.fileName { continue }
        guard let entry = try operations.entry(at: path + "/" + relative) else { continue }
        guard entry.kind == .folder else {
          try operations.link(path + "/" + relative, as: fresh + "/" + relative)
          carried.append(Carried(path: relative, isFolder: false))
          continue
        }
        let before = carried.count
        carried.append(Carried(path: relative, isFolder: true))
        try operations.makeFolder(fresh + "/" + relative, mode: entry.mode)
        try visit(relative)
        // A folder that holds nothing but what we wrote is ours as well.
        if carried.count == before + 1, ourFolders.contains(relative) {
          carried.removeLast()
          operations.remove(fresh + "/" + relative, isFolder: true)
        }
      }
    }
    try visit("")
    return carried
  }

  /// Removes the old folder after the exchange: our files, and the old names of what was carried over. Whatever else is in
  /// it by now stays, and the folder with it; then its path is returned.
  func removeOld(at old: String, carried: [Carried], ours: Set<String>) -> String? {
    for file in ours { operations.remove(old + "/" + file, isFolder: false) }
    operations.remove(old + "/" + OutputManifest.fileName, isFolder: false)
    for item in carried where !item.isFolder {
      let name = old + "/" + item.path
      guard let before = try? operations.entry(at: name), let now = try? operations.entry(at: path + "/" + item.path),
        before.isSameFile(as: now)
      else { continue }
      operations.remove(name, isFolder: false)
    }
    let folders = Set(ours.flatMap(Self.parents)).union(carried.filter(\.isFolder).map(\.path))
    for folder in folders.sorted(by: >) { operations.remove(old + "/" + folder, isFolder: true) }
    return operations.remove(old, isFolder: true) ? nil : old
  }
}
