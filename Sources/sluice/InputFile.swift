import GatewaySpec
import Glibc
import SourceDiagnostics

/// Reads a file whole, or says in one line why not.
enum InputFile {
  /// The largest file that is read, in bytes. A spec of 100,000 lines has about four million.
  static let maximumSize = 32 << 20

  /// What findings call standard input.
  static let standardInputName = "<stdin>"

  /// Reads a spec: a path, or `-` for standard input. The name is what findings call it.
  static func readSpec(_ path: String) throws(InputFailure) -> (name: String, bytes: [UInt8]) {
    if path == "-" { return (standardInputName, try read(descriptor: STDIN_FILENO, name: standardInputName)) }
    return (path, try read(path))
  }

  /// Reads a file.
  static func read(_ path: String) throws(InputFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      throw InputFailure("cannot read `\(path)`: \(reason(code))", help: code == ENOENT ? similarName(to: path) : nil)
    }
    defer { close(descriptor) }
    return try read(descriptor: descriptor, name: path)
  }

  /// Gives the loader the files that stand beside a spec.
  static func neighbours(of spec: String) -> SpecLoader.FileAccess {
    return { path in
      do throws(InputFailure) {
        return .success(try read(SpecLoader.name(of: path, beside: spec)))
      } catch {
        return .failure(
          SpecLoader.FileAccessError(error.message.split(separator: ": ").last.map(String.init) ?? error.message))
      }
    }
  }

  private static func read(descriptor: Int32, name: String) throws(InputFailure) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw InputFailure("cannot read `\(name)`: \(reason(errno))") }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw InputFailure("cannot read `\(name)`: it is a folder", help: "name a spec file in it")
    }
    let tooLarge = InputFailure(
      "cannot read `\(name)`: it is larger than \(maximumSize >> 20) MiB",
      help: "a spec of 100,000 lines has about 4 MiB")
    if status.st_mode & S_IFMT == S_IFREG, status.st_size > maximumSize { throw tooLarge }

    // One byte more than expected, so that a regular file is read in one go.
    var bytes = [UInt8](repeating: 0, count: min(max(Int(status.st_size), 1 << 16), maximumSize) + 1)
    var count = 0
    while true {
      let got = bytes[count...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        throw InputFailure("cannot read `\(name)`: \(reason(errno))")
      }
      count += got
      if count > maximumSize { throw tooLarge }
      if count == bytes.count { bytes += [UInt8](repeating: 0, count: min(bytes.count, maximumSize + 1 - count)) }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "no such file"
    case EACCES, EPERM: "permission denied"
    default: String(cString: strerror(code)).lowercased()
    }
  }

  /// A file in the same folder whose name is nearly the same.
  private static func similarName(to path: String) -> String? {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let name = String(path.dropFirst(folder.count))
    guard let handle = opendir(folder.isEmpty ? "." : folder) else { return nil }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return NameSuggestion.nearest(to: name, among: names.sorted()).map {
      "a file with a similar name exists: `\(folder)\($0)`"
    }
  }
}
