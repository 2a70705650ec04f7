import GatewaySpec
import Testing

/// What holds for every kind of scalar.
struct EveryScalarTests {
  static let types: [any SpecScalar.Type] = [
    Bool.self, CalendarDate.self, EngineVersion.self, EntryName.self, EnvironmentVariableName.self, FilePathText.self,
    HTTPPath.self, HostName.self, ImageReference.self, Int.self, KubernetesLabelKey.self, KubernetesLabelName.self,
    KubernetesLabelValue.self, KubernetesSubdomain.self, KubernetesVersion.self, ModelName.self, Money.self,
    NetworkDestination.self, NonEmptyText.self, Percentage.self, PlainText.self, Port.self, ProviderModelName.self,
    Quantity.self,
    SecretDataKey.self, SpecChoiceTests.Controller.self, SpecDuration.self, VaultMountPath.self, VaultPathText.self,
    VaultPolicyPath.self, WebURL.self, WildcardHostName.self,
  ]

  @Test(arguments: types.indices)
  func `Samples and placeholder are accepted, in canonical form`(index: Int) throws {
    try check(Self.types[index])

    func check<Scalar: SpecScalar>(_ type: Scalar.Type) throws {
      #expect(type.samples.count >= 2)
      for sample in type.samples {
        let value = try type.init(parsing: sample)
        #expect(try type.init(parsing: value.description) == value)
      }
      #expect(try type.init(parsing: type.placeholder.description) == type.placeholder)
    }
  }

  @Test(arguments: types.indices)
  func `Random text is read or refused, never worse`(index: Int) throws {
    try check(Self.types[index], seed: UInt64(index))
  }

  private func check<Scalar: SpecScalar>(_ type: Scalar.Type, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pattern = try type.schema.pattern.map { try Regex($0) }
    let seeds = type.samples + Self.fragments
    for _ in 0..<3000 {
      let text = mutated(seeds, &generator)
      do {
        let value = try type.init(parsing: text)
        let again = try type.init(parsing: value.description)
        #expect(again == value, "\(text.debugDescription)")
        #expect(again.description == value.description, "\(text.debugDescription)")
        if let pattern {
          #expect(text.contains(pattern), "\(type) takes \(text.debugDescription), its schema does not")
        }
        if let longest = type.schema.maximumLength { #expect(text.unicodeScalars.count <= longest) }
      } catch {
        try check(error, of: text, type)
      }
    }
  }

  private func check<Scalar: SpecScalar>(_ mistake: ScalarMistake, of text: String, _ type: Scalar.Type) throws {
    #expect(!mistake.headline.hasSuffix("."))
    #expect(mistake.headline.contains(" is not "))
    #expect(mistake.headline.utf8.count < 1200)
    #expect(mistake.help != nil)
    if let replacement = mistake.replacement {
      #expect(throws: Never.self, "\(text.debugDescription) to \(replacement)") { try type.init(parsing: replacement) }
    } else {
      #expect(!mistake.isSafe)
    }
    if let range = mistake.range { #expect(range.upperBound <= text.utf8.count) }
  }

  private static let fragments = [
    "", " ", "\t", "\n", "-", "+", ".", "..", "/", "//", ":", "://", "@", "#", "?", "%", "%2f", "*", "0", "00", "1",
    "9", "99999999999999999999",
    "e", "E", "i", "Gi", "GB", "gb", "m", "ms", "s", "h", "d", "PT", "USD", "$", "€", ",", "_", "A", "Z", "a", "z", "ü",
    "é", "e\u{301}", "😀",
    "\u{0}", "\u{7F}", "\u{200B}", "\u{202E}", "٣", "½", "true", "yes", "v", "[", "]", "[::1]", "1.2.3.4", "sha256:",
    "auth/", "sys", "{{", "${",
    "http://", "0x", "0o", "\\", "~", "=", "`", "\"", "\u{FFFD}",
  ]

  /// A text made of samples and awkward bits: put together, cut, doubled, in other case.
  private func mutated(_ seeds: [String], _ generator: inout SeededGenerator) -> String {
    var scalars: [Unicode.Scalar] = []
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      var piece = Array((seeds.randomElement(using: &generator) ?? "").unicodeScalars)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0 where !piece.isEmpty: piece.remove(at: Int.random(in: piece.indices, using: &generator))
      case 1: piece += piece
      case 2: piece = Array(String(String.UnicodeScalarView(piece)).uppercased().unicodeScalars)
      case 3: piece = Array(piece.prefix(Int.random(in: 0...piece.count, using: &generator)))
      default: break
      }
      scalars.insert(contentsOf: piece, at: Int.random(in: 0...scalars.count, using: &generator))
    }
    if Int.random(in: 0..<200, using: &generator) == 0 {
      scalars = Array(repeatElement(scalars, count: 300).joined())
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
