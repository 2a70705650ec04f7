import Glibc

/// What one run of a program cost.
struct Measurement {
  /// From before the start of the process to its end, in milliseconds.
  let wall: Double
  /// User and system time, in milliseconds.
  let cpu: Double
  /// The largest resident set, in MiB.
  ///
  /// Linux counts the pages of whoever started the process until it has become the program, so nothing smaller than this
  /// benchmark can be measured. That is why it stays small: no Foundation, no large string. `/bin/true` shows the floor.
  let memory: Double
}

/// Why a program could not be measured.
struct ProcessFailure: Error {
  let message: String
}

/// Runs programs to their end.
enum ChildProcess {
  /// Runs a program, found through `PATH`, with nothing to read and its output discarded.
  static func run(_ arguments: [String]) throws(ProcessFailure) -> Measurement {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)

    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    var status: Int32 = 0
    var usage = rusage()
    let start = ContinuousClock.now
    let code = posix_spawnp(&process, arguments[0], &actions, nil, &words, environ)
    guard code == 0 else {
      throw ProcessFailure(message: "cannot start \(arguments[0]): \(String(cString: strerror(code)))")
    }
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    let wall = ContinuousClock.now - start
    guard status == 0 else {
      throw ProcessFailure(message: "`\(arguments.joined(separator: " "))` failed; run it by hand to see why")
    }
    return Measurement(
      wall: wall / .milliseconds(1),
      cpu: milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
      memory: Double(usage.ru_maxrss) / 1024)
  }

  private static func milliseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1000 + Double(time.tv_usec) / 1000
  }
}
