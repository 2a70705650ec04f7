import Foundation
import SourceDiagnostics
import Testing
import YAMLSyntax

/// Properties that hold for every file, tried on many that a seed makes up.
struct PropertyTests {
  /// SplitMix64: the same numbers on each machine.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
      return value ^ value >> 31
    }
  }

  static let specimen = """
    # é comment
    a: &x { b: [1, 'zwei', "dr\\u0065i", ~], "c d": 日本 }
    e:
      - f: >-
          folded
          text

      - *x
      - g:   # empty
        h: |
          🙂 literal
    i: !!str 5
    ? j
    : k
    l: [m: n, {o: p}]

    """

  @Test(arguments: 0..<8)
  func mutatedFilesKeepEveryPromise(_ seed: Int) {
    var random = Generator(state: UInt64(seed))
    let pieces = [
      "\t", "{", "}", "[", "]", ": ", "- ", "\n", "\r\n", "'", "\"", "#", "&x ", "*x", "!t ", "é", "|\n", "---\n", "<<",
      "? ", "  ",
    ]
    for _ in 0..<400 {
      var bytes = Array(PropertyTests.specimen.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...9, using: &random)))
        case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 12)], at: 0)
        default: bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: place)
        }
        if bytes.isEmpty { bytes = [0x61] }
      }
      check(bytes)
    }
  }

  @Test(arguments: 0..<4)
  func randomBytesKeepEveryPromise(_ seed: Int) {
    var random = Generator(state: UInt64(1000 + seed))
    let alphabet = Array("ab:-?[]{}&*!|>'\"%@`,# \n\t\r~<é\u{2028}🙂\u{85}".utf8)
    for _ in 0..<600 {
      let count = Int.random(in: 0...60, using: &random)
      check(
        (0..<count).map { _ in
          Int.random(in: 0..<50, using: &random) == 0
            ? UInt8.random(in: 0...255, using: &random) : alphabet.randomElement(using: &random) ?? 0x61
        })
    }
  }

  @Test func filesOfTheRepositoryKeepEveryPromise() {
    for bytes in repositoryFiles() { check(bytes) }
  }

  @Test(arguments: 0..<4)
  func aSliceReadAgainGivesTheSameText(_ seed: Int) {
    var random = Generator(state: UInt64(2000 + seed))
    let letters = ["a", "b c", "é", "日本", "🙂", "'", "\"", "\\", ":", "#", "-", "1", "\t", "{", ","]
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }
        .joined()
      let single = "'" + text.replacingOccurrences(of: "'", with: "''") + "'"
      let double =
        "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
      let tree = parse("é: \(single)\nb: [\(double), x]\n").tree
      #expect(tree.meaning() == "{é: \(text.debugDescription), b: [\(text.debugDescription), x]}")
      #expect(tree.scalarSlices() == ["é", single, "b", double, "x"])
      tree.visit { node in
        guard tree.kind(of: node) == .scalar else { return }
        let again = parse(tree.file.text(of: tree.span(of: node))).tree
        #expect(again.root.map { again.text(of: $0) } == tree.text(of: node))
      }
    }
  }

  /// What holds whatever the bytes are.
  private func check(_ bytes: [UInt8]) {
    let result = parse(bytes: bytes)
    let tree = result.tree
    let text = { "\(String(decoding: bytes, as: UTF8.self).debugDescription) \(result.diagnostics)" }
    tree.visit { node in
      let span = tree.span(of: node)
      #expect(span.end <= bytes.count, "\(text())")
      #expect(isBoundary(span.start, bytes) && isBoundary(span.end, bytes), "\(text())")
      _ = tree.text(of: node)
      var previous = span.start
      for child in tree.children(of: node) where tree.anchor(of: child) == nil {
        let inner = tree.span(of: child)
        #expect(inner.start >= span.start && inner.end <= span.end, "\(inner) outside of \(span) in \(text())")
        #expect(inner.start >= previous, "children overlap in \(text())")
        previous = inner.end
      }
    }
    for diagnostic in result.diagnostics {
      #expect(!diagnostic.headline.isEmpty && diagnostic.primary.span.end <= bytes.count, "\(text())")
      #expect(diagnostic.related.allSatisfy { $0.span.end <= bytes.count }, "\(text())")
    }
    #expect(result.diagnostics.count <= 50)
    #expect(tree.root != nil || !result.diagnostics.isEmpty, "\(text())")
    for comment in tree.comments() { #expect(comment.span.end <= bytes.count) }
  }

  /// Whether an offset lies between two characters, as far as the bytes are UTF-8.
  private func isBoundary(_ offset: Int, _ bytes: [UInt8]) -> Bool {
    guard offset < bytes.count, String(validating: bytes, as: UTF8.self) != nil else { return true }
    return bytes[offset] & 0xC0 != 0x80
  }

  private func repositoryFiles() -> [[UInt8]] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return ["specs", "../shared/vectors"].flatMap { folder in
      let files = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
      return (files?.allObjects as? [URL] ?? []).filter { !$0.hasDirectoryPath }.compactMap {
        (try? Data(contentsOf: $0)).map { Array($0) }
      }
    }
  }
}
