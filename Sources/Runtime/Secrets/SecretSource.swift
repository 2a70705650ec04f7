public import GatewaySpec

/// Where the running gateway finds the secrets that the spec names.
///
/// A secret is looked for first as a file in a folder, which is how a Kubernetes Secret is mounted, then in the process's
/// environment. Both are asked by the secret's environment variable, whatever the delivery, so that the same spec runs in
/// a cluster and on a laptop.
public struct SecretSource: Sendable {
  private let readFile: @Sendable (_ name: String) -> [UInt8]?
  private let environment: @Sendable (_ name: String) -> String?

  /// Makes a source from the two ways of asking.
  ///
  /// - Parameters:
  ///   - readFile: the content of a file of the secrets folder, or `nil` if there is none.
  ///   - environment: the value of an environment variable, or `nil` if it is not set.
  public init(
    readFile: @escaping @Sendable (_ name: String) -> [UInt8]? = { _ in nil },
    environment: @escaping @Sendable (_ name: String) -> String?
  ) {
    self.readFile = readFile
    self.environment = environment
  }

  /// The secret, or `nil` if it is nowhere or empty. One line break at the end of a file is no part of it.
  ///
  /// A file that is not UTF-8 counts as not found, and then the environment is not asked: to repair the file's bytes
  /// would be to guess a key, and another key in its place would hide the mistake.
  public func secret(in variable: EnvironmentVariableName) -> SecretValue? {
    if let bytes = readFile(variable.text) {
      guard var text = String(validating: bytes, as: UTF8.self) else { return nil }
      if text.last?.isNewline == true { text.removeLast() }
      if !text.isEmpty { return SecretValue(text) }
    }
    guard let text = environment(variable.text), !text.isEmpty else { return nil }
    return SecretValue(text)
  }
}
