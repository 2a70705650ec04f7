import NIOCore

/// Chooses one of the targets that it is shown, in one pass and without a list.
///
/// The lowest tier counts, in it the least load, and among equals chance in proportion to the weights (reservoir
/// sampling). A strategy by weight alone gives every target the same load.
struct TargetChoice {
  /// The index of the chosen target; `nil` if none was shown.
  private(set) var index: Int?
  private var tier = Int.max
  private var load = Double.infinity
  private var weight: UInt64 = 0

  /// Shows a target that may be asked now. A weight of 0 counts as 1: such a target is shown only where all have it.
  mutating func consider(
    _ index: Int, tier: Int, load: Double, weight: Int, using random: inout some RandomNumberGenerator
  ) {
    let own = UInt64(UInt32(clamping: max(1, weight)))
    if tier < self.tier || tier == self.tier && load < self.load {
      (self.index, self.tier, self.load, self.weight) = (index, tier, load, own)
    } else if tier == self.tier, load == self.load {
      self.weight += own
      if UInt64.random(in: 0..<self.weight, using: &random) < own { self.index = index }
    }
  }
}
