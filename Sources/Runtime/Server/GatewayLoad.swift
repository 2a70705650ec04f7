import Synchronization

/// How much the gateway has to do at the moment, over all event loops: the only numbers that the loops share. They are
/// shared because a limit that each loop had its part of would refuse one client while another loop rests.
final class GatewayLoad: Sendable {
  /// A number of things that are going on.
  struct Gauge: ~Copyable, Sendable {
    private let count = Atomic(0)

    /// One more; how many there are with it.
    func enter() -> Int { count.add(1, ordering: .relaxed).newValue }

    /// One less.
    func leave() { count.subtract(1, ordering: .relaxed) }
  }

  /// Clients that are connected.
  let connections = Gauge()
  /// Requests in work.
  let requests = Gauge()
}
