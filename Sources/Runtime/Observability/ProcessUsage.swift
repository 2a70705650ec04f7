import Glibc

/// What this process uses of the machine.
struct ProcessUsage: Equatable, Sendable {
  /// User and system time, in nanoseconds.
  var cpuNanoseconds: Int64 = 0
  /// Memory in use.
  var residentBytes = 0
  /// Open file descriptors.
  var openFiles = 0
  /// When the process started, in seconds since 1970.
  var startTime = 0

  /// Asks the kernel. What it does not tell stays 0.
  static func now(startTime: Int) -> ProcessUsage {
    var usage = ProcessUsage(startTime: startTime)
    var times = rusage()
    if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &times) == 0 {
      usage.cpuNanoseconds = nanoseconds(times.ru_utime) + nanoseconds(times.ru_stime)
    }
    if let file = fopen("/proc/self/statm", "r") {
      var line = [CChar](repeating: 0, count: 128)
      // The second number is the resident size in pages (proc(5)).
      if fgets(&line, Int32(line.count), file) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let numbers = text.split(separator: " ").compactMap { Int($0) }
        if numbers.count > 1 { usage.residentBytes = numbers[1] * Int(getpagesize()) }
      }
      fclose(file)
    }
    if let folder = opendir("/proc/self/fd") {
      while let entry = readdir(folder) {
        if entry.pointee.d_name.0 != CChar(bitPattern: UInt8(ascii: ".")) { usage.openFiles += 1 }
      }
      closedir(folder)
      // The folder itself was open while its entries were counted.
      usage.openFiles = max(0, usage.openFiles - 1)
    }
    return usage
  }

  private static func nanoseconds(_ time: timeval) -> Int64 {
    Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_usec) * 1000
  }
}
