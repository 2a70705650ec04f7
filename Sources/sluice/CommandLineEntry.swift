import ArgumentParser
import Glibc
import SourceDiagnostics

/// Parses the command line, runs the command and turns what it throws into a message and an exit status.
enum CommandLineEntry {
  static func run(_ arguments: [String]) async -> Never {
    if let stray = strayCommand(arguments) {
      Terminal.complain(
        "no command is called `\(stray)`",
        help: NameSuggestion.nearest(to: stray, among: commandNames).map {
          "a command with a similar name exists: `\($0)`"
        }
          ?? "the commands are \(commandNames.map { "`\($0)`" }.joined(separator: ", "))")
      exit(ExitStatus.usage.rawValue)
    }
    do {
      var command = try SluiceCommand.parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      exit(ExitStatus.clean.rawValue)
    } catch let status as ExitStatus {
      exit(status.rawValue)
    } catch let failure as UsageFailure {
      Terminal.complain(failure.message, help: failure.help)
      exit(ExitStatus.usage.rawValue)
    } catch let failure as InputFailure {
      Terminal.complain(failure.message, help: failure.help)
      exit(ExitStatus.inputOutput.rawValue)
    } catch {
      // Help and version come as errors too, with a status of 0.
      if SluiceCommand.exitCode(for: error) == .success {
        print(SluiceCommand.fullMessage(for: error))
        exit(ExitStatus.clean.rawValue)
      }
      let command = arguments.first.map { commandNames.contains($0) ? " \($0)" : "" } ?? ""
      Terminal.complain(plain(SluiceCommand.message(for: error)), help: "run `sluice\(command) --help`")
      exit(ExitStatus.usage.rawValue)
    }
  }

  private static let commandNames = SluiceCommand.configuration.subcommands.compactMap {
    $0.configuration.commandName
  }

  /// The first word, if it is meant as a command and is none.
  private static func strayCommand(_ arguments: [String]) -> String? {
    guard let first = arguments.first, !first.hasPrefix("-"), first != "help", !commandNames.contains(first) else {
      return nil
    }
    return first
  }

  /// A message of ArgumentParser in the form of ours: lower case, no full stop.
  private static func plain(_ message: String) -> String {
    var text = Substring(message)
    if text.hasPrefix("Error: ") { text = text.dropFirst("Error: ".count) }
    if text.hasSuffix(".") { text = text.dropLast() }
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}

/// The exit status of every command.
enum ExitStatus: Int32, Error {
  /// Nothing to complain about.
  case clean = 0
  /// There are findings, or drift.
  case findings = 1
  /// The command line is wrong.
  case usage = 2
  /// Something could not be read, written or started.
  case inputOutput = 3
}

/// The command line is wrong in a way that only the command can tell: status 2.
struct UsageFailure: Error {
  /// One line, lower case, no full stop.
  let message: String
  /// What to write instead.
  let help: String?

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}

/// Something could not be read, written or started: status 3.
struct InputFailure: Error {
  /// One line, lower case, no full stop.
  let message: String
  /// What to do about it.
  let help: String?

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}
