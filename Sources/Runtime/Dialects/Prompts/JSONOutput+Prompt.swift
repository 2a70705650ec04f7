/// What the writers of prompts have in common.
extension JSONOutput {
  /// The arguments of a call as the object that they are.
  ///
  /// - Throws: if they are a text that is none.
  mutating func object(_ arguments: ChatPrompt.Arguments, of tree: JSONTree) throws(GatewayError) {
    switch arguments {
    case .empty: raw("{}")
    case .object(let object): copy(object, of: tree)
    case .text(let text):
      guard let object = tree.nestedObject(text) else {
        throw .invalidField(
          "messages", "The arguments of the tool call '\(tree.string(text)?.prefix(64) ?? "")' are not a JSON object.")
      }
      copy(object.root, of: object)
    }
  }

  /// A member with an array of values; none if there are no values.
  mutating func member(_ name: StaticString, _ values: [JSONNode], of tree: JSONTree) {
    guard !values.isEmpty else { return }
    key(name)
    raw("[")
    for value in values {
      separate()
      copy(value, of: tree)
    }
    raw("]")
  }

  /// Members as they came.
  mutating func members(_ members: [(key: JSONNode, value: JSONNode)], of tree: JSONTree) {
    for (key, value) in members {
      separate()
      copy(key, of: tree)
      raw(":")
      copy(value, of: tree)
    }
  }
}
