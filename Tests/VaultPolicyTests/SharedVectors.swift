import Foundation
import Testing
import VaultPolicy

/// A JSON value whose integers, fractions and booleans stay apart.
enum JSON: Decodable, Sendable {
  case null, bool(Bool), integer(Int64), number(Double), string(String), array([JSON]), object([String: JSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSON].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  subscript(key: String) -> JSON? {
    if case .object(let object) = self { object[key] } else { nil }
  }

  var string: String? { if case .string(let value) = self { value } else { nil } }
  var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
  var array: [JSON] { if case .array(let value) = self { value } else { [] } }
  var object: [String: JSON] { if case .object(let value) = self { value } else { [:] } }
  var strings: [String] { array.compactMap(\.string) }
  var stringMap: [String: String] { object.compactMapValues(\.string) }

  var parameter: ParameterValue {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .array(let value): .list(value.map(\.parameter))
    case .object(let value): .object(value.mapValues(\.parameter))
    }
  }

  /// A duration: seconds, or text.
  var duration: Duration? { integer.flatMap(VaultDuration.seconds) ?? string.flatMap(VaultDuration.parse) }
}

/// The vectors that stand beside the repository, shared with its planners.
enum SharedVectors {
  /// They stand beside a checkout in CI and for contributors; a clone alone has none.
  static let isPresent = FileManager.default.fileExists(atPath: file("vault-acl.json").path)
  static let acl = load("vault-acl.json")
  static let eso = load("eso-paths.json")

  private static func file(_ name: String) -> URL {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return root.appending(path: "../shared/vectors/\(name)").standardized
  }

  private static func load(_ name: String) -> JSON {
    guard isPresent else { return .null }
    let file = file(name)
    do {
      return try JSONDecoder().decode(JSON.self, from: Data(contentsOf: file))
    } catch {
      Issue.record("cannot read \(file.path): \(error)")
      return .null
    }
  }
}

extension Policy {
  /// A policy as the vectors write it.
  init(vector: JSON) {
    self.init(name: vector["name"]?.string, rules: vector["rules"]?.array.map(PolicyRule.init(vector:)) ?? [])
  }
}

extension PolicyRule {
  init(vector: JSON) {
    func constraints(_ key: String) -> ParameterConstraints? {
      vector[key].map { value in
        ParameterConstraints(value.object.map { .init($0.key, $0.value.array.map(\.parameter)) })
      }
    }
    self.init(
      PathPattern(vector["path"]?.string ?? ""),
      CapabilitySet(vector["capabilities"]?.strings.compactMap(Capability.init) ?? []),
      legacyPolicy: vector["policy"]?.string.flatMap(LegacyPolicy.init),
      allowedParameters: constraints("allowed_parameters"), deniedParameters: constraints("denied_parameters"),
      requiredParameters: vector["required_parameters"]?.strings ?? [],
      minWrappingTTL: vector["min_wrapping_ttl"]?.duration, maxWrappingTTL: vector["max_wrapping_ttl"]?.duration)
  }
}
