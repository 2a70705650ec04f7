import NIOCore

/// The unused connections to one provider: the warmest is taken first, so that the rest grow old and can be closed.
struct IdleStack<Connection> {
  private var entries: [(connection: Connection, since: NIODeadline)] = []

  var count: Int { entries.count }

  /// The connection used last.
  mutating func take() -> Connection? {
    entries.popLast()?.connection
  }

  /// Keeps a connection, unless there are enough.
  mutating func put(_ connection: Connection, now: NIODeadline, limit: Int) -> Bool {
    guard entries.count < limit else { return false }
    entries.append((connection, now))
    return true
  }

  /// Forgets what matches, in the order of age.
  mutating func remove(where matches: (Connection) -> Bool) {
    entries.removeAll { matches($0.connection) }
  }

  /// Removes and gives the connections that have not been used since before `limit`.
  mutating func expire(before limit: NIODeadline) -> [Connection] {
    let expired = entries.prefix { $0.since < limit }
    if expired.isEmpty { return [] }
    entries.removeFirst(expired.count)
    return expired.map(\.connection)
  }
}
