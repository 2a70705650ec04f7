/// What the tokens of a model cost.
public struct TokenPrice: Sendable, Equatable {
  /// A million tokens of the request, in millionths of the currency's unit.
  public var input: Int64
  /// A million tokens of the request that the provider had in its cache, in the same.
  public var cachedInput: Int64
  /// A million tokens of the answer, in the same.
  public var output: Int64

  /// Makes a price.
  public init(input: Int64, cachedInput: Int64, output: Int64) {
    self.input = input
    self.cachedInput = cachedInput
    self.output = output
  }

  /// What a call cost, in billionths of the currency's unit; a part of one counts as one.
  ///
  /// - Parameters:
  ///   - input: tokens of the request, those from the cache included.
  ///   - cachedInput: those that came from the cache.
  ///   - output: tokens of the answer.
  func cost(input: Int, cachedInput: Int, output: Int) -> Int64 {
    let cached = min(max(0, cachedInput), max(0, input))
    let parts = [
      (self.input, max(0, input) - cached), (self.cachedInput, cached), (self.output, max(0, output)),
    ]
    // A price and a count of millions of millions each would be needed to leave the range.
    let trillionths = parts.reduce(Int128(0)) { $0 + Int128($1.0) * Int128($1.1) }
    return Int64(clamping: (trillionths + 999) / 1000)
  }
}
