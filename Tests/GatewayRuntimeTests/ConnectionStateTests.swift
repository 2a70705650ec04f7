import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct ConnectionStateTests {
  private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
  private let times = ConnectionState.Times(
    idle: .seconds(10), head: .seconds(3), request: .seconds(60), streamIdle: .seconds(20))

  private func after(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }

  @Test func `a request runs through its phases and the connection goes on`() {
    var state = ConnectionState(times: times, now: start)
    #expect(state.phase == .idle)
    state.headReceived(keepAlive: true, now: start)
    #expect(state.phase == .receiving && !state.requestIsComplete)
    state.requestEnded(now: start)
    #expect(state.phase == .responding && state.requestIsComplete)
    #expect(state.responseEnded(hasUnreadInput: false, now: start) == .nextRequest)
    #expect(state.phase == .idle)
  }

  @Test func `an early answer ends the connection and lets the client finish sending`() {
    var state = ConnectionState(times: times, now: start)
    state.headReceived(keepAlive: true, now: start)
    state.beginResponding(now: start)
    #expect(state.closes)
    #expect(state.responseEnded(hasUnreadInput: false, now: start) == .linger)
    #expect(state.expiry(now: after(1)) == .nothing)
    #expect(state.expiry(now: after(2)) == .close)
  }

  @Test func `a client that wants to close is closed, after what it sent too much was read`() {
    for (unread, expected) in [(false, ConnectionState.AfterResponse.close), (true, .linger)] {
      var state = ConnectionState(times: times, now: start)
      state.headReceived(keepAlive: false, now: start)
      state.requestEnded(now: start)
      #expect(state.responseEnded(hasUnreadInput: unread, now: start) == expected)
    }
  }

  @Test func `each phase has its timeout`() {
    var state = ConnectionState(times: times, now: start)
    #expect(state.expiry(now: after(9)) == .nothing)
    #expect(state.expiry(now: after(10)) == .close)
    state.headReceived(keepAlive: true, now: after(5))
    #expect(state.expiry(now: after(14)) == .nothing)
    #expect(state.expiry(now: after(15)) == .answerRequestTimeout)
    state.requestEnded(now: after(14))
    #expect(state.expiry(now: after(73)) == .nothing)
    #expect(state.expiry(now: after(74)) == .upstreamTimeout)
    state.streamProgressed(now: after(70))
    #expect(state.expiry(now: after(89)) == .nothing)
    #expect(state.expiry(now: after(90)) == .upstreamTimeout)
  }

  @Test func `the next request on the connection does not inherit that the last answer was a stream`() {
    var state = ConnectionState(times: times, now: start)
    state.headReceived(keepAlive: true, now: start)
    state.requestEnded(now: start)
    state.streamProgressed(now: after(1))
    _ = state.responseEnded(hasUnreadInput: false, now: after(2))
    state.headReceived(keepAlive: true, now: after(2))
    state.requestEnded(now: after(2))
    state.writabilityChanged(false, now: after(3))
    state.writabilityChanged(true, now: after(3))
    #expect(state.expiry(now: after(61)) == .nothing)
    #expect(state.expiry(now: after(62)) == .upstreamTimeout)
  }

  @Test func `a head that drips in cannot take for ever`() {
    var state = ConnectionState(times: times, now: start)
    for second in Int64(5)..<8 {
      #expect(state.expiry(now: after(second)) == .nothing)
      state.headBegan(now: after(second))
    }
    #expect(state.expiry(now: after(8)) == .close)
    state.headReceived(keepAlive: true, now: after(7))
    state.requestEnded(now: after(7))
    _ = state.responseEnded(hasUnreadInput: false, now: after(20))
    #expect(state.expiry(now: after(29)) == .nothing)
    // A head that begins late has no more time than the connection has.
    state.headBegan(now: after(29))
    #expect(state.expiry(now: after(30)) == .close)
  }

  @Test func `a body that drips in cannot take for ever`() {
    var state = ConnectionState(times: times, now: start)
    state.headReceived(keepAlive: true, now: start)
    for second in stride(from: Int64(5), to: 60, by: 5) {
      #expect(state.expiry(now: after(second)) == .nothing)
      state.bodyReceived(now: after(second))
    }
    #expect(state.expiry(now: after(60)) == .answerRequestTimeout)
  }

  @Test func `while the client does not read, the time is the client's`() {
    var state = ConnectionState(times: times, now: start)
    state.headReceived(keepAlive: true, now: start)
    state.requestEnded(now: start)
    state.writabilityChanged(false, now: after(1))
    state.streamProgressed(now: after(2))
    #expect(state.expiry(now: after(10)) == .nothing)
    #expect(state.expiry(now: after(11)) == .close)
    state.writabilityChanged(true, now: after(5))
    #expect(state.expiry(now: after(24)) == .nothing)
    #expect(state.expiry(now: after(25)) == .upstreamTimeout)
  }

  @Test func `an answer that is no stream keeps its limit, apart from the time in which the client does not read`() {
    var state = ConnectionState(times: times, now: start)
    state.headReceived(keepAlive: true, now: start)
    state.requestEnded(now: start)
    state.writabilityChanged(false, now: after(50))
    #expect(state.expiry(now: after(59)) == .nothing)
    #expect(state.expiry(now: after(60)) == .close)
    state.writabilityChanged(true, now: after(57))
    #expect(state.expiry(now: after(66)) == .nothing)
    #expect(state.expiry(now: after(67)) == .upstreamTimeout)
  }

  @Test func `draining closes what rests and ends what runs with its answer`() {
    var resting = ConnectionState(times: times, now: start)
    let closesNow = resting.drain()
    #expect(closesNow)
    var running = ConnectionState(times: times, now: start)
    running.headReceived(keepAlive: true, now: start)
    running.requestEnded(now: start)
    let cutsOff = running.drain()
    #expect(!cutsOff)
    #expect(running.responseEnded(hasUnreadInput: false, now: start) == .close)
  }

  @Test func `the idle stack gives the warmest and expires the coldest`() {
    var stack = IdleStack<Int>()
    for (index, second) in [0, 5, 9].enumerated() {
      let isKept = stack.put(index, now: after(Int64(second)), limit: 3)
      #expect(isKept)
    }
    let isOneTooMany = stack.put(9, now: after(9), limit: 3)
    #expect(!isOneTooMany)
    #expect(stack.take() == 2)
    #expect(stack.expire(before: after(5)) == [0])
    stack.remove { $0 == 1 }
    #expect(stack.take() == nil)
  }
}
