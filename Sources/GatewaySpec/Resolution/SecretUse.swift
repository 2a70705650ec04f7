/// One use of a secret somewhere in the spec.
public struct SecretUse: Sendable {
  /// What it is used for.
  public enum Purpose: Hashable, Sendable {
    case masterKey
    case saltKey
    case databaseURL
    /// The key of the provider of that name.
    case providerKey(EntryName)
    /// The virtual key of that name.
    case virtualKey(EntryName)
  }

  /// The name of the secret and the place where it is named.
  public let secret: Setting<EntryName>
  /// What it is used for.
  public let purpose: Purpose
}

extension GatewaySpec {
  /// All uses of secrets, in the order of the language's sections. Uses that could not be read are left out.
  public var secretUses: [SecretUse] {
    var uses: [SecretUse] = []
    func add(_ reference: Setting<SecretReference>?, _ purpose: SecretUse.Purpose) {
      guard let secret = reference?.known?.secret, !secret.isInvalid else { return }
      uses.append(SecretUse(secret: secret, purpose: purpose))
    }
    add(auth.value.masterKey, .masterKey)
    add(auth.value.saltKey, .saltKey)
    for key in auth.value.keys.value { add(key.value.key, .virtualKey(key.name.value)) }
    add(database?.known?.url, .databaseURL)
    for provider in providers.value {
      for reference in provider.value.secretReferences { add(reference, .providerKey(provider.name.value)) }
    }
    return uses
  }

  /// The environment variable in which the process finds a secret: the written one, else the one by which the engine
  /// takes its use, else the name in upper case.
  public func environmentVariable(
    of entry: NamedEntry<EntryName, SecretEntry>, uses: [SecretUse]
  ) -> EnvironmentVariableName {
    if let written = entry.value.env?.known { return written }
    let roles = engine.value.descriptor.roleVariables
    for use in uses where use.secret.value == entry.name.value {
      switch use.purpose {
      case .masterKey: if let name = roles.masterKey { return name }
      case .saltKey: if let name = roles.saltKey { return name }
      case .databaseURL: if let name = roles.databaseURL { return name }
      case .providerKey, .virtualKey: break
      }
    }
    let upper = entry.name.value.text.uppercased()
    let letters = String(upper.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return (try? EnvironmentVariableName(parsing: letters)) ?? .placeholder
  }
}
