import Foundation
import SluiceTestSupport

/// One run of the real program.
struct CommandLineRun {
  let status: Int32
  let output: String
  let error: String

  /// Runs `sluice` in a folder, with a plain environment and bytes on its standard input.
  init(
    _ arguments: [String], in folder: URL = RepositoryLayout.root, input: [UInt8] = [],
    environment: [String: String] = [:]
  ) throws {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = environment
    let standardInput = Pipe()
    let standardOutput = Pipe()
    let standardError = Pipe()
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.standardError = standardError
    try process.run()
    // The program may stop reading early, so the input goes out beside the reading.
    let writer = Thread {
      try? standardInput.fileHandleForWriting.write(contentsOf: Data(input))
      try? standardInput.fileHandleForWriting.close()
    }
    writer.start()
    let errors = OutputReader(standardError.fileHandleForReading)
    output = String(decoding: standardOutput.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    error = errors.text()
    process.waitUntilExit()
    status = process.terminationStatus
  }

  /// The program stands beside the test bundle.
  static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "sluice")
}

/// Reads a pipe on a thread of its own, so that two pipes cannot wait for each other.
final class OutputReader: @unchecked Sendable {
  // Written by the thread before it signals, read after the wait.
  private var data = Data()
  private let isDone = DispatchSemaphore(value: 0)

  init(_ handle: FileHandle) {
    Thread { [self] in
      data = handle.readDataToEndOfFile()
      isDone.signal()
    }.start()
  }

  func text() -> String {
    isDone.wait()
    return String(decoding: data, as: UTF8.self)
  }
}

/// A folder that is removed when the test is over.
final class ScratchFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  @discardableResult
  func write(_ text: String, to name: String) throws -> URL {
    let file = url.appending(path: name)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file
  }
}
