/// The methods that the gateway tells apart (RFC 9110, 9; RFC 5789). They are case-sensitive.
public enum RequestMethod: String, Sendable, CaseIterable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"
  case options = "OPTIONS"
  case connect = "CONNECT"
  case trace = "TRACE"
  /// Any other token.
  case other = "OTHER"

  /// The method with this name.
  init(_ name: Span<UInt8>) {
    switch name.count {
    case 3: self = Self.is(name, "GET") ? .get : Self.is(name, "PUT") ? .put : .other
    case 4: self = Self.is(name, "POST") ? .post : Self.is(name, "HEAD") ? .head : .other
    case 5: self = Self.is(name, "PATCH") ? .patch : Self.is(name, "TRACE") ? .trace : .other
    case 6: self = Self.is(name, "DELETE") ? .delete : .other
    case 7: self = Self.is(name, "OPTIONS") ? .options : Self.is(name, "CONNECT") ? .connect : .other
    default: self = .other
    }
  }

  private static func `is`(_ name: Span<UInt8>, _ expected: StaticString) -> Bool {
    for index in 0..<name.count where name[index] != expected.utf8Start[index] { return false }
    return true
  }
}
