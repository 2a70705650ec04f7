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

    let sibling = "\(target).sluice-\(getpid())"
    let descriptor = open(sibling, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, errno) }
    let isWritten = write(bytes, to: descriptor) && fchmod(descriptor, status.st_mode & 0o7777) == 0
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
    InputFailure(
      "cannot write `\(path)`: \(String(cString: strerror(code)).lowercased())", help: "the file is as it was")
  }
}
