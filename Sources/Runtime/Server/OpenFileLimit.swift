import Glibc

/// How many files, and so connections, this process may have open.
public enum OpenFileLimit {
  /// Takes as many as the system allows without asking an administrator.
  ///
  /// The default is often 1024, for the sake of old programs that keep descriptors in a bit set. A stream takes two
  /// descriptors: one to the client, one to the provider.
  public static func raise() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max else {
      return
    }
    limit.rlim_cur = limit.rlim_max
    // If the system says no, the gateway serves with what it has.
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
