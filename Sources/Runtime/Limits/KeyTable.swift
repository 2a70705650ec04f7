/// All keys that open the gateway, found in a time that says nothing about them.
///
/// A keyed hash (SipHash with a seed that this process drew at random) finds the candidates. Who does not know the seed
/// cannot choose a text by its hash, so that the time of the look-up tells nothing about a key; the candidates are then
/// compared in constant time.
public struct KeyTable: Sendable {
  private struct Entry: Sendable {
    let secret: SecretValue
    let caller: Caller
  }

  /// The clients' keys, in the order of the spec.
  public let keys: [VirtualKey]
  private var byHash: [Int: [Entry]] = [:]

  /// Makes a table; an empty secret opens nothing, and of two entries with the same secret the first counts.
  public init(master: SecretValue? = nil, keys: [VirtualKey] = []) {
    self.keys = keys
    if let master { insert(Entry(secret: master, caller: .master)) }
    for key in keys { insert(Entry(secret: key.secret, caller: .client(key))) }
  }

  /// Who shows this key, in UTF-8; `nil` if nobody has it.
  func caller(showing candidate: UnsafeRawBufferPointer) -> Caller? {
    byHash[Self.hash(candidate)]?.first { $0.secret.matches(utf8: candidate) }?.caller
  }

  private mutating func insert(_ entry: Entry) {
    let hash = entry.secret.withExposedValue { secret in
      var text = secret
      return text.withUTF8 { Self.hash(UnsafeRawBufferPointer($0)) }
    }
    byHash[hash, default: []].append(entry)
  }

  private static func hash(_ text: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: text)
    return hasher.finalize()
  }
}
