/// Picks an index with a probability in proportion to its weight.
struct WeightedChoice: Sendable {
  /// The sum of the weights up to and including each index.
  private let cumulative: [UInt64]

  /// Prepares the choice. A negative weight counts as 0; if no weight is above 0, all indices are equally likely.
  init(weights: [Int]) {
    let usable = weights.map { UInt64(UInt32(clamping: $0)) }
    var total: UInt64 = 0
    cumulative = (usable.contains { $0 > 0 } ? usable : usable.map { _ in 1 }).map {
      total += $0
      return total
    }
  }

  /// An index, or `nil` if there is none to choose from.
  func pick(using generator: inout some RandomNumberGenerator) -> Int? {
    guard let total = cumulative.last else { return nil }
    if cumulative.count == 1 { return 0 }
    let draw = UInt64.random(in: 0..<total, using: &generator)
    return cumulative.firstIndex { draw < $0 }
  }
}
