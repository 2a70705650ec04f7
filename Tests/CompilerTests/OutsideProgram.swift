import Foundation

/// Runs a program that checks what was compiled: Python as `scripts/prepare test` has made it, or kubectl.
enum OutsideProgram {
  struct Result {
    let status: Int32
    let output: String
    /// The lines of the output, without empty ones.
    var lines: [Substring] { output.split(separator: "\n") }
  }

  static func python(_ script: String, _ arguments: [String]) throws -> Result {
    try run("python3", ["-c", script] + arguments)
  }

  /// Runs a program of the path and waits for its end.
  static func run(_ program: String, _ arguments: [String]) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Result(status: process.terminationStatus, output: String(decoding: bytes, as: UTF8.self))
  }
}
