@preconcurrency import Dispatch
public import Glibc

/// Catches signals, so that the process ends when the gateway has ended and not before.
public enum SignalTrap {
  /// The signals as they come, from now on in place of their default action.
  ///
  /// Call it once, before the gateway starts, so that no signal is missed in between.
  public static func signals(_ numbers: [Int32] = [SIGTERM, SIGINT]) -> AsyncStream<Int32> {
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .bufferingNewest(8))
    let sources = numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield(number) }
      source.resume()
      return source
    }
    continuation.onTermination = { _ in
      for source in sources { source.cancel() }
    }
    return stream
  }
}
