/// A credential that cannot print itself: every way of turning it into text gives `<secret>`.
///
/// It is deliberately neither `Equatable`, `Hashable` nor `Codable`. The bytes leave it only through
/// ``withExposedValue(_:)``, so that a search for that name finds every place where a secret is used.
public struct SecretValue: Sendable {
  private let value: String

  /// Wraps a credential.
  public init(_ value: String) {
    self.value = value
  }

  /// Whether there is nothing inside.
  public var isEmpty: Bool { value.isEmpty }

  /// Gives the plain text to a closure, for the one place that puts it on the wire.
  public func withExposedValue<Result>(_ body: (String) throws -> Result) rethrows -> Result {
    try body(value)
  }

  /// Compares with what a caller sent, in a time that depends on the length of `candidate` alone.
  ///
  /// The candidate decides how many steps are made, so the time tells neither where the first difference is nor how
  /// long the secret is. An empty secret matches nothing.
  public func matches(_ candidate: some StringProtocol) -> Bool {
    matches(utf8: candidate.utf8)
  }

  /// Compares with the UTF-8 bytes of what a caller sent, as ``matches(_:)`` does.
  func matches(utf8 candidate: some Sequence<UInt8>) -> Bool {
    var text = value
    return text.withUTF8 { secret in
      guard !secret.isEmpty else { return false }
      var difference: UInt8 = 0
      var position = 0
      var count = 0
      for byte in candidate {
        difference |= byte ^ secret[position]
        position += 1
        if position == secret.count { position = 0 }
        count += 1
      }
      return difference == 0 && count == secret.count
    }
  }
}

extension SecretValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `<secret>`.
  public var description: String { "<secret>" }

  /// Always `<secret>`.
  public var debugDescription: String { "<secret>" }

  /// A mirror without children, so that `dump` shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
