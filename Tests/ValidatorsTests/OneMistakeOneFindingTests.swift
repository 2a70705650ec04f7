import Foundation
import GatewaySpec
import SluiceTestSupport
import SourceDiagnostics
import Testing
import Validators

/// Breaks a valid spec in one place after the other and looks at what is said: one mistake must be one error.
struct OneMistakeOneFindingTests {
  static let specs = ["litellm.yaml", "openai-compatible.yaml", "quickstart.yaml"]

  @Test(arguments: specs)
  func `a valid spec has no error`(_ name: String) throws {
    let errors = Self.errors(in: try Self.read(name))
    #expect(errors == [])
  }

  @Test(arguments: specs)
  func `a list in the place of a scalar is one error`(_ name: String) throws {
    let text = try Self.read(name)
    for scalar in Self.scalars(in: text) where !scalar.isKey {
      let place = Self.place(scalar, in: text)
      // Settings of the engine are its own business.
      if place.contains("drop_params") { continue }
      let errors = Self.errors(in: Self.replacing(scalar, by: "[]", in: text))
      #expect(errors.count == 1, "\(name):\(place): \(errors)")
    }
  }

  @Test(arguments: specs)
  func `a misspelt key is one error`(_ name: String) throws {
    let text = try Self.read(name)
    let known = Self.keys(of: GatewaySpec.shape)
    for scalar in Self.scalars(in: text) where scalar.isKey {
      let key = Self.string(text.utf8, scalar.range)
      let errors = Self.errors(in: Self.replacing(scalar, by: key + "x", in: text))
      // A name that the author chose may be used nowhere, and then it may be any.
      if known.contains(key) {
        #expect(errors.count == 1, "\(name):\(Self.place(scalar, in: text)): \(errors)")
      } else {
        #expect(errors.count <= 1, "\(name):\(Self.place(scalar, in: text)): \(errors)")
      }
    }
  }

  @Test(arguments: specs)
  func `a misspelt word is at most one error`(_ name: String) throws {
    let text = try Self.read(name)
    for scalar in Self.scalars(in: text) where !scalar.isKey {
      let value = Self.string(text.utf8, scalar.range)
      if value.hasSuffix("\"") { continue }
      let errors = Self.errors(in: Self.replacing(scalar, by: value + "x", in: text))
      #expect(errors.count <= 1, "\(name):\(Self.place(scalar, in: text)): \(errors)")
    }
  }

  @Test(arguments: specs)
  func `where a bracket is missing nothing is said to be undeclared or missing elsewhere`(_ name: String) throws {
    let text = try Self.read(name)
    let bytes = Array(text.utf8)
    for index in bytes.indices where "{}[]".utf8.contains(bytes[index]) {
      let errors = Self.errors(in: Self.string(bytes, 0..<index) + Self.string(bytes, index + 1..<bytes.count))
      let afterwards = errors.filter { $0.hasPrefix("GW2") || $0.hasPrefix("GW3") }
      #expect(!errors.isEmpty)
      #expect(afterwards == [], "\(name), byte \(index)")
    }
  }

  // MARK: Breaking

  private static func read(_ name: String) throws -> String {
    try String(contentsOf: RepositoryLayout.specs.appending(path: "valid/\(name)"), encoding: .utf8)
  }

  private static func errors(in text: String) -> [String] {
    RuleExampleRunner(.allowed(text, base: nil)).lint().outcome.diagnostics
      .filter { $0.severity == .error }.map { "\($0.code) \($0.headline)" }
  }

  private static func replacing(_ scalar: Scalar, by replacement: String, in text: String) -> String {
    let bytes = Array(text.utf8)
    return string(bytes, 0..<scalar.range.lowerBound) + replacement
      + string(bytes, scalar.range.upperBound..<bytes.count)
  }

  private static func string(_ bytes: some Collection<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: Array(bytes)[range], as: UTF8.self)
  }

  private static func place(_ scalar: Scalar, in text: String) -> String {
    let before = text.utf8.prefix(scalar.range.lowerBound)
    let number = before.count { $0 == UInt8(ascii: "\n") } + 1
    let line = text.split(separator: "\n", omittingEmptySubsequences: false)[number - 1]
    return "\(number) `\(line)` at `\(string(text.utf8, scalar.range))`"
  }

  /// All keys that the language declares, wherever they stand.
  private static func keys(of shape: ValueShape) -> Set<String> {
    switch shape {
    case .section(let section):
      section.fields.reduce(into: []) { $0.formUnion(keys(of: $1.shape).union([$1.key])) }
    case .list(let element): keys(of: element)
    case .map(_, let values): keys(of: values)
    case .scalar, .free: []
    }
  }

  // MARK: Finding scalars

  private struct Scalar {
    var range: Range<Int>
    var isKey: Bool
  }

  /// The scalars of a tidy YAML file: plain on one line, or in double quotes without escapes.
  private static func scalars(in text: String) -> [Scalar] {
    let bytes = Array(text.utf8)
    var found: [Scalar] = []
    var depth = 0
    var index = 0
    func at(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : UInt8(ascii: "\n") }
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") }
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: ":"): break
      case UInt8(ascii: "-") where isBlank(at(index + 1)): break
      case UInt8(ascii: "#"):
        while at(index) != UInt8(ascii: "\n") { index += 1 }
      case UInt8(ascii: "\""):
        let start = index
        index += 1
        while at(index) != UInt8(ascii: "\"") { index += 1 }
        found.append(Scalar(range: start..<index + 1, isKey: at(index + 1) == UInt8(ascii: ":")))
      default:
        let start = index
        while at(index) != UInt8(ascii: "\n"), !(at(index) == UInt8(ascii: ":") && isBlank(at(index + 1))),
          !(at(index) == UInt8(ascii: " ") && at(index + 1) == UInt8(ascii: "#")),
          depth == 0 || !",]}".utf8.contains(at(index))
        {
          index += 1
        }
        var end = index
        while isBlank(bytes[end - 1]) { end -= 1 }
        found.append(Scalar(range: start..<end, isKey: at(index) == UInt8(ascii: ":")))
        continue
      }
      index += 1
    }
    return found
  }
}
