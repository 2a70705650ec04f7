import GatewaySpec
import Testing

/// The mistake of a text that must be refused; a text that is accepted is an issue of the test.
func refused<Scalar: SpecScalar>(
  _ type: Scalar.Type, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) -> ScalarMistake? {
  do {
    let value = try Scalar(parsing: text)
    Issue.record("\(text.debugDescription) was read as \(value)", sourceLocation: sourceLocation)
    return nil
  } catch {
    return error
  }
}

/// The canonical text of a text that must be accepted.
func canonical<Scalar: SpecScalar>(
  _ type: Scalar.Type, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) -> String? {
  do {
    return try Scalar(parsing: text).description
  } catch {
    Issue.record("\(error.headline)", sourceLocation: sourceLocation)
    return nil
  }
}

/// A text that is refused, with the replacement that is offered for it.
struct Refusal: Sendable, CustomTestStringConvertible {
  let text: String
  let replacement: String?
  let isSafe: Bool

  init(_ text: String, _ replacement: String? = nil, safe: Bool = false) {
    self.text = text
    self.replacement = replacement
    isSafe = safe
  }

  var testDescription: String { text.debugDescription }

  func check<Scalar: SpecScalar>(_ type: Scalar.Type, sourceLocation: SourceLocation = #_sourceLocation) {
    guard let mistake = refused(type, text, sourceLocation: sourceLocation) else { return }
    #expect(mistake.replacement == replacement, "\(mistake.headline)", sourceLocation: sourceLocation)
    #expect(mistake.isSafe == isSafe, "\(mistake.headline)", sourceLocation: sourceLocation)
  }
}

/// A generator of random numbers that gives the same ones every time (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
