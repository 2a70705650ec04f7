import Glibc
import SourceDiagnostics

/// Standard output and standard error: what they can show, and writing to them.
enum Terminal {
  /// Writes text to standard output. A closed pipe is no error: whoever closed it has read enough.
  static func write(_ text: String) throws(InputFailure) {
    try write(Array(text.utf8))
  }

  /// Writes bytes to standard output.
  static func write(_ bytes: [UInt8]) throws(InputFailure) {
    guard let code = write(bytes, to: STDOUT_FILENO), code != EPIPE else { return }
    throw InputFailure("cannot write to standard output: \(String(cString: strerror(code)).lowercased())")
  }

  /// Writes text to standard error. If that fails there is nobody left to tell.
  static func writeError(_ text: String) {
    _ = write(Array(text.utf8), to: STDERR_FILENO)
  }

  /// Says on standard error why the program cannot go on, in the form of a finding without a place.
  static func complain(_ message: String, help: String? = nil) {
    let isColoured = isColoured(STDERR_FILENO, .auto)
    let title = isColoured ? "\u{1B}[1;31merror\u{1B}[0m\u{1B}[1m: \(message)\u{1B}[0m" : "error: \(message)"
    let advice = help.map {
      (isColoured ? "  \u{1B}[1;34m=\u{1B}[0m \u{1B}[1mhelp\u{1B}[0m: " : "  = help: ") + $0 + "\n"
    }
    writeError(title + "\n" + (advice ?? ""))
  }

  /// How findings are drawn on a stream.
  static func rendering(to descriptor: Int32, colour: ColourPolicy) -> RenderingOptions {
    var options = RenderingOptions()
    options.colour = isColoured(descriptor, colour)
    options.width = width(descriptor)
    options.toolVersion = SluiceVersion.current
    return options
  }

  private static func isColoured(_ descriptor: Int32, _ policy: ColourPolicy) -> Bool {
    policy.usesColour(ColourPolicy.Circumstances(isTerminal: isatty(descriptor) == 1, variable: variable))
  }

  /// The columns of the terminal, or 100 where there is none.
  private static func width(_ descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return min(max(Int(size.ws_col), 40), 160)
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// The error code, or `nil` if all was written.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var offset = 0
    while offset < bytes.count {
      let written = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written >= 0 {
        offset += written
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }
}
