public import GatewaySpec

/// The endpoint table, compiled for lookups: a hash of the exact paths, and a short list of patterns.
public struct RouteTable: Sendable {
  /// One operation on one path.
  struct Route: Sendable {
    let operation: GatewayOperation
    let access: Endpoint.Access
    /// The path as the table writes it: few values, so that it may label logs and metrics.
    let template: String
  }

  enum Match {
    /// `parameter` is what stands in place of the first `{…}`, not yet percent-decoded.
    case route(Route, parameter: Substring?)
    /// The preflight or discovery answer to `OPTIONS`.
    case options(allow: String)
    case methodNotAllowed(allow: String)
    case notFound
  }

  private struct Path: Sendable {
    var routes: [(method: Endpoint.Method, route: Route)] = []
    var allow = ""

    func match(_ method: Endpoint.Method?, parameter: Substring?) -> Match {
      guard let method, let found = routes.first(where: { $0.method == method }) else {
        return .methodNotAllowed(allow: allow)
      }
      return method == .options ? .options(allow: allow) : .route(found.route, parameter: parameter)
    }
  }

  private struct Pattern: Sendable {
    let segments: [Substring]
    let path: Path
  }

  private let exact: [String: Path]
  private let patterns: [Pattern]

  /// Compiles the endpoints that have an operation.
  public init(_ table: EndpointTable) {
    var paths: [String: Path] = [:]
    var order: [String] = []
    for endpoint in table.endpoints {
      guard let operation = endpoint.operation else { continue }
      if paths[endpoint.path] == nil { order.append(endpoint.path) }
      var path = paths[endpoint.path] ?? Path()
      path.routes.append(
        (endpoint.method, Route(operation: operation, access: endpoint.access, template: endpoint.path)))
      path.allow = path.routes.map(\.method.rawValue).joined(separator: ", ")
      paths[endpoint.path] = path
    }
    exact = paths.filter { !$0.key.utf8.contains(UInt8(ascii: "{")) }
    patterns = order.compactMap { key in
      guard key.utf8.contains(UInt8(ascii: "{")), let path = paths[key] else { return nil }
      return Pattern(segments: key.split(separator: "/", omittingEmptySubsequences: false), path: path)
    }
  }

  /// Finds what a request target asks for. `method` is `nil` for a method that no endpoint has.
  func match(_ method: Endpoint.Method?, target: String) -> Match {
    let path = Self.path(of: target)
    if let found = exact[path] { return found.match(method, parameter: nil) }
    if patterns.isEmpty { return .notFound }
    let segments = path.split(separator: "/", maxSplits: 16, omittingEmptySubsequences: false)
    for pattern in patterns where pattern.segments.count == segments.count {
      var parameter: Substring?
      let matches = zip(pattern.segments, segments).allSatisfy { expected, actual in
        guard expected.utf8.first == UInt8(ascii: "{") else { return expected == actual }
        if parameter == nil { parameter = actual }
        return !actual.isEmpty
      }
      if matches { return pattern.path.match(method, parameter: parameter) }
    }
    return .notFound
  }

  /// The path of a request target: without the query, and without the origin of the absolute form (RFC 9112, 3.2.2).
  static func path(of target: String) -> String {
    let utf8 = target.utf8
    if utf8.first == UInt8(ascii: "/") {
      guard let end = utf8.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) else {
        return target
      }
      return String(target[..<end])
    }
    let lowercased = target.prefix(8).lowercased()
    let scheme = lowercased.hasPrefix("http://") ? 7 : lowercased.hasPrefix("https://") ? 8 : 0
    guard scheme > 0 else { return target }
    let rest = target.utf8.dropFirst(scheme)
    guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return "/" }
    return path(of: String(target[slash...]))
  }

  /// Undoes percent-encoding; `nil` if it is broken or not UTF-8.
  static func percentDecoded(_ text: Substring) -> String? {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    var bytes: [UInt8] = []
    var rest = text.utf8.makeIterator()
    while let byte = rest.next() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.next().flatMap(JSONText.hexDigit), let low = rest.next().flatMap(JSONText.hexDigit)
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
