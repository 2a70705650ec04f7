/// A fast random generator for one event loop (SplitMix64): good for choices and request ids, not for secrets.
///
/// The system's generator is a system call a number, which a request should not pay for.
struct LoopRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// An identifier of 24 hexadecimal digits.
  mutating func identifier(prefix: StaticString) -> String {
    let digits = prefix.utf8CodeUnitCount + 24
    let high = next()
    let low = next()
    return String(unsafeUninitializedCapacity: digits) { buffer in
      prefix.withUTF8Buffer { prefix in
        for index in prefix.indices { buffer[index] = prefix[index] }
      }
      for index in 0..<24 {
        let word = index < 16 ? high >> UInt64(60 - 4 * index) : low >> UInt64(28 - 4 * (index - 16))
        let nibble = UInt8(word & 15)
        buffer[digits - 24 + index] = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
      }
      return digits
    }
  }
}
