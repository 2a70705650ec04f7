import Glibc

/// Gives a file new content in one step: a reader sees the old text or the new one, never a part.
enum FileReplacement {
  /// Writes a file beside the old one, with its permissions, and renames it over it. Of a symbolic link the target is
  /// replaced.
  static func replace(_ path: String, with bytes: [UInt8]) throws(InputFailure) {
    guard let resolved = realpath(path, nil) else { throw failure(path, errno) }
    defer { free(resolved) }
    let target = String(cString: resolved)
    // A rename needs no permission on the file itself, but whoever took it away meant it.
    guard access(target, W_OK) == 0 else { throw failure(path, errno) }
    var status = stat()
    guard stat(target, &status) == 0 else { throw failure(path, errno) }

    try putInPlace(target, bytes, mode: status.st_mode & 0o7777, named: path)
  }

  /// Writes a file that need not be there yet, whole or not at all. What is no regular file, such as a pipe, is written to.
  static func write(_ path: String, _ bytes: [UInt8]) throws(InputFailure) {
    var status = stat()
    if stat(path, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFREG { return try replace(path, with: bytes) }
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure(path, errno) }
      let isWritten = write(bytes, to: descriptor)
      let code = errno
      close(descriptor)
      if !isWritten { throw failure(path, code) }
    } else if errno == ENOENT {
      let mask = umask(0)
      umask(mask)
      try putInPlace(path, bytes, mode: 0o666 & ~mask, named: path)
    } else {
      throw failure(path, errno)
    }
  }

  /// Writes a sibling and renames it.
  private static func putInPlace(
    _ target: String, _ bytes: [UInt8], mode: mode_t, named path: String
  ) throws(InputFailure) {
    let sibling = "\(target).sluice-\(getpid())"
    let descriptor = open(sibling, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, errno) }
    let isWritten = write(bytes, to: descriptor) && fchmod(descriptor, mode) == 0
    let isSafe = isWritten && fsync(descriptor) == 0
    var code = errno
    close(descriptor)
    if isSafe {
      if rename(sibling, target) == 0 { return }
      code = errno
    }
    unlink(sibling)
    throw failure(path, code)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let written = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        return false
      }
      offset += written
    }
    return true
  }

  private static func failure(_ path: String, _ code: Int32) -> InputFailure {
    let reason = code == ENOENT ? "no such folder" : String(cString: strerror(code)).lowercased()
    return InputFailure("cannot write `\(path)`: \(reason)", help: code == ENOENT ? nil : "the file is as it was")
  }
}
