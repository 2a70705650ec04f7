import GatewaySpec
import SourceDiagnostics

extension Findings {
  /// Says of names that they refer to nothing, and which name was probably meant. A name that is used several times is one
  /// finding: the mistake may as well be in its declaration.
  ///
  /// - Parameters:
  ///   - kind: what the names should be one of, such as "secret".
  ///   - uses: the places that name it, in the order of the file.
  ///   - names: the declared names.
  ///   - section: where one would be declared, such as "secrets.entries".
  mutating func addUndefined<Name: SpecScalar>(
    _ kind: String, _ uses: [Setting<Name>], among names: [String], section: String
  ) {
    var seen: Set<Name> = []
    // Comparing names letter by letter is dear; whoever has so many mistakes has another one.
    var guesses = NameSuggestion.mostGuesses
    let places = Dictionary(grouping: uses, by: \.value)
    for first in uses where seen.insert(first.value).inserted {
      let text = first.value.description
      let spans = places[first.value]?.map(\.span) ?? []
      let nearest = guesses > 0 ? NameSuggestion.nearest(to: text, among: names) : nil
      guesses -= 1
      add(
        "no \(kind) is called `\(text)`", at: first.span, label: "not declared",
        related: spans.dropFirst().prefix(3).map { Diagnostic.Label($0, "nor here") },
        help: [nearest.map { "a \(kind) with a similar name exists: `\($0)`" } ?? "declare it under `\(section)`"],
        fixIts: nearest.map { name in
          [FixIt("write `\(name)`", .unsafe, edits: spans.map { TextEdit($0, name) })]
        } ?? [])
    }
  }
}

extension NameSuggestion {
  /// For how many names of one kind a rule looks for the nearest one.
  static let mostGuesses = 32
}
