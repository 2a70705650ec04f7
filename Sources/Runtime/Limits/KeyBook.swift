import NIOCore

/// What one event loop keeps of the clients' keys: its shares, and the ledgers of the keys that have their home here.
///
/// Every key with limits has one home loop. A request that finds its share sufficient never leaves its loop; otherwise
/// the loop asks the home loop, which answers in microseconds.
final class KeyBook {
  private let eventLoop: any EventLoop
  /// The books of all loops, in one order, this one included.
  private var books: [NIOLoopBound<KeyBook>] = []
  private var shares: [String: KeyShare] = [:]
  private var ledgers: [String: KeyLedger] = [:]

  init(eventLoop: any EventLoop) {
    self.eventLoop = eventLoop
  }

  /// Tells the book of the others. Until then it has every key to itself.
  func join(_ books: [NIOLoopBound<KeyBook>]) {
    self.books = books
  }

  /// Whether any share is held that may have to go back.
  var isHolding: Bool { shares.values.contains { $0.held != .nothing } }

  /// What is held and left of a key here, for the fields that tell clients.
  func share(of key: VirtualKey) -> KeyShare { shares[key.name] ?? KeyShare(key.limits) }

  /// Admits a request, now or when the home loop has answered; `admitted` is called on this loop exactly once. A request
  /// that was admitted ends with ``finish(_:tokens:cost:)``.
  func admit(_ key: VirtualKey, now: NIODeadline, admitted: @escaping (LimitRefusal?) -> Void) {
    if shares[key.name]?.limits != key.limits { shares[key.name] = KeyShare(key.limits) }
    if shares[key.name]?.admit(now: now) ?? true {
      admitted(nil)
      return
    }
    let held = shares[key.name]?.handOver() ?? .nothing
    guard let home = home(of: key), home.eventLoop !== eventLoop else {
      let grant = draw(key, returning: held, now: now)
      admitted(shares[key.name]?.receive(grant, now: now))
      return
    }
    home.eventLoop.submit { home.value.draw(key, returning: held, now: now) }
      .hop(to: eventLoop)
      .assumeIsolated()
      .whenComplete { result in
        // It fails only if the home loop is gone, when the gateway is ending.
        let grant = (try? result.get()) ?? KeyLedger.Grant()
        admitted(self.shares[key.name]?.receive(grant, now: .now()))
      }
  }

  /// Books what an admitted request took.
  func finish(_ key: VirtualKey, tokens: Int, cost: Int64) {
    guard let returned = shares[key.name]?.finish(tokens: tokens, cost: cost) else { return }
    giveBack(returned, of: key.name)
  }

  /// Gives back what has lain unused.
  func tick(now: NIODeadline) {
    for name in shares.keys {
      if let surplus = shares[name]?.surplus(now: now) { giveBack(surplus, of: name) }
    }
  }

  private func giveBack(_ share: KeyLedger.Share, of name: String) {
    if share == .nothing { return }
    guard let home = home(named: name), home.eventLoop !== eventLoop else {
      ledgers[name]?.takeBack(share, now: .now())
      return
    }
    home.eventLoop.execute { home.value.ledgers[name]?.takeBack(share, now: .now()) }
  }

  private func draw(_ key: VirtualKey, returning held: KeyLedger.Share, now: NIODeadline) -> KeyLedger.Grant {
    if let ledger = ledgers[key.name], ledger.limits != key.limits {
      ledgers[key.name] = ledger.changed(to: key.limits, now: now)
    }
    return ledgers[key.name, default: KeyLedger(key.limits, now: now)]
      .draw(returning: held, loops: max(1, books.count), now: now)
  }

  private func home(of key: VirtualKey) -> NIOLoopBound<KeyBook>? { home(named: key.name) }

  /// Spreads the homes over the loops (FNV-1a, for it must be the same on all).
  private func home(named name: String) -> NIOLoopBound<KeyBook>? {
    guard books.count > 1 else { return nil }
    let hash = name.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return books[Int(hash % UInt64(books.count))]
  }
}
