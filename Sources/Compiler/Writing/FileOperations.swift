import Glibc

/// The calls of the system that the writer needs, with typed errors. Tests make any of them fail.
struct FileOperations: Sendable {
  /// A call, for tests that make it fail.
  enum Call: Hashable, Sendable {
    case read, makeFolder, write, link, exchange, remove
  }

  /// What stands at a path.
  struct Entry: Equatable, Sendable {
    enum Kind: Sendable {
      case file, folder, other
    }

    let kind: Kind
    let mode: mode_t
    let device: dev_t
    let inode: ino_t

    /// Whether two names stand for one file.
    func isSameFile(as other: Entry) -> Bool { device == other.device && inode == other.inode }
  }

  /// The error number with which a call on a path fails, or `nil` to let it happen.
  var fault: @Sendable (Call, String) -> Int32? = { _, _ in nil }

  private func check(
    _ call: Call, _ action: String, _ path: String, _ operation: () -> Bool
  ) throws(ArtifactWriterError) {
    if let code = fault(call, path) { throw .refused(action: action, path: path, code: code) }
    while !operation() {
      let code = errno
      if code != EINTR { throw .refused(action: action, path: path, code: code) }
    }
  }

  /// What stands at a path, links not followed; `nil` if nothing does.
  func entry(at path: String) throws(ArtifactWriterError) -> Entry? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .refused(action: "look at", path: path, code: errno)
    }
    let kind: Entry.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    return Entry(kind: kind, mode: status.st_mode & 0o7777, device: status.st_dev, inode: status.st_ino)
  }

  /// The names in a folder, sorted.
  func names(in folder: String) throws(ArtifactWriterError) -> [String] {
    guard let stream = opendir(folder) else { throw .refused(action: "read", path: folder, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The content of a file.
  func read(_ path: String) throws(ArtifactWriterError) -> [UInt8] {
    var descriptor: Int32 = -1
    try check(.read, "read", path) {
      descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      return descriptor >= 0
    }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return content }
      if count > 0 {
        content.append(contentsOf: buffer[..<count])
      } else if errno != EINTR {
        throw .refused(action: "read", path: path, code: errno)
      }
    }
  }

  /// Makes a file that must not exist yet.
  func write(_ content: [UInt8], to path: String, isExecutable: Bool) throws(ArtifactWriterError) {
    var descriptor: Int32 = -1
    try check(.write, "write", path) {
      descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isExecutable ? 0o777 : 0o666)
      return descriptor >= 0
    }
    var written = 0
    while written < content.count {
      let count = content.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        let code = errno
        close(descriptor)
        throw .refused(action: "write", path: path, code: code)
      }
    }
    // Some file systems tell only now that there was no room.
    if close(descriptor) != 0, errno != EINTR { throw .refused(action: "write", path: path, code: errno) }
  }

  /// Makes a folder, and those above it, where there are none.
  func makeFolders(_ path: String) throws(ArtifactWriterError) {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolders(String(path[..<slash]))
    }
    try check(.makeFolder, "make folder", path) { mkdir(path, 0o777) == 0 || errno == EEXIST }
  }

  /// Makes one folder that must not exist yet.
  func makeFolder(_ path: String, mode: mode_t? = nil) throws(ArtifactWriterError) {
    try check(.makeFolder, "make folder", path) { mkdir(path, 0o777) == 0 }
    if let mode { chmod(path, mode) }
  }

  /// Gives a file or symbolic link a second name.
  func link(_ path: String, as newPath: String) throws(ArtifactWriterError) {
    try check(.link, "keep", path) { linkat(AT_FDCWD, path, AT_FDCWD, newPath, 0) == 0 }
  }

  /// Puts one folder into the place of another, which must not exist if `isExchange` is false; else the two change places.
  func move(_ path: String, to newPath: String, isExchange: Bool) throws(ArtifactWriterError) {
    try check(.exchange, "put in place", newPath) {
      guard isExchange else { return rename(path, newPath) == 0 }
      if let exchange = Self.renameat2 {
        if exchange(AT_FDCWD, path, AT_FDCWD, newPath, Self.renameExchange) == 0 { return true }
        guard errno == EINVAL || errno == ENOSYS else { return false }
      }
      // A file system that cannot exchange: two steps, the first undone if the second fails.
      let aside = path + ".old"
      guard rename(newPath, aside) == 0 else { return false }
      guard rename(path, newPath) == 0 else {
        let code = errno
        rename(aside, newPath)
        errno = code
        return false
      }
      return rename(aside, path) == 0
    }
  }

  /// Linux's `renameat2`, which glibc declares for GNU programs alone.
  private static let renameat2: RenameAt2? = dlsym(nil, "renameat2").map { unsafeBitCast($0, to: RenameAt2.self) }
  private typealias RenameAt2 =
    @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
  /// Exchange the two names in one step (rename(2)).
  private static let renameExchange: UInt32 = 2

  /// Takes a name away, and says whether that worked.
  @discardableResult
  func remove(_ path: String, isFolder: Bool) -> Bool {
    fault(.remove, path) == nil && (isFolder ? rmdir(path) : unlink(path)) == 0
  }

  /// Takes a folder away with everything in it.
  func removeTree(_ path: String) {
    for name in (try? names(in: path)) ?? [] {
      let child = path + "/" + name
      if let entry = try? entry(at: child), entry.kind == .folder {
        removeTree(child)
      } else {
        unlink(child)
      }
    }
    rmdir(path)
  }

  /// The path without symbolic links; `nil` if nothing stands there.
  func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
