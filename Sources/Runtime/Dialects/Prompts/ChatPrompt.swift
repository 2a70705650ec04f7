/// A conversation and what is asked of the model, in no dialect's terms. It points into the client's text, so that what
/// need not change is written again byte by byte.
///
/// One reader a client dialect makes it, one writer a provider dialect writes it.
struct ChatPrompt {
  /// The client's text.
  let tree: JSONTree
  /// What the model is told before the conversation, in order.
  var system: [Part] = []
  /// The conversation. Neighbours have different roles.
  var turns: [Turn] = []
  /// What the model may call.
  var tools: [Tool] = []
  /// How free it is to call it.
  var toolChoice: ToolChoice?
  /// Whether several calls may come at once; `nil` if the client does not say.
  var allowsParallelCalls: Bool?
  /// The most tokens of an answer.
  var outputLimit: JSONNode?
  /// Numbers that shape the choice of tokens.
  var sampling = Sampling()
  /// Strings that end an answer.
  var stops: [JSONNode] = []
  /// Who is asking, as an opaque name.
  var user: JSONNode?
  /// How much the model thinks first.
  var reasoning: Reasoning?
  /// The form of the answer; `nil` for text.
  var format: Format?
  /// Members of the request that the client's dialect does not have. They may be the provider's.
  var extras: [(key: JSONNode, value: JSONNode)] = []

  init(tree: JSONTree) {
    self.tree = tree
  }

  enum Role {
    case user, assistant
  }

  /// All that one side says before the other speaks again. Results of tools are said by the user's side.
  struct Turn {
    var role: Role
    var parts: [Part]
  }

  struct Part {
    var content: Content
    /// Anthropic's mark that the prompt up to here is worth caching.
    var cacheControl: JSONNode?

    init(_ content: Content, cacheControl: JSONNode? = nil) {
      self.content = content
      self.cacheControl = cacheControl
    }

    /// Whether it is the result of a tool; those come first in a turn.
    var isResult: Bool {
      if case .toolResult = content { true } else { false }
    }
  }

  indirect enum Content {
    case text(JSONNode)
    /// A picture, in Base64. Both ranges are insides of strings of the text.
    case image(mediaType: Range<Int>, data: Range<Int>)
    /// A picture at an address.
    case imageURL(JSONNode)
    /// A file, in Base64.
    case document(mediaType: Range<Int>, data: Range<Int>, title: JSONNode?)
    /// A file at an address.
    case documentURL(JSONNode)
    /// A sound, in Base64, with its format, such as `wav`.
    case audio(data: JSONNode, format: JSONNode)
    case toolCall(id: JSONNode, name: JSONNode, Arguments)
    case toolResult(id: JSONNode, [Part], isError: Bool)
    case thinking(JSONNode, signature: JSONNode?)
    case redactedThinking(JSONNode)
  }

  /// The arguments of a tool call.
  enum Arguments {
    /// A string that holds JSON; empty for none.
    case text(JSONNode)
    /// An object.
    case object(JSONNode)
    /// There are none.
    case empty
  }

  struct Tool {
    var name: JSONNode
    var description: JSONNode?
    /// A JSON Schema of the arguments.
    var schema: JSONNode?
    var cacheControl: JSONNode?
    var isStrict: JSONNode?
  }

  enum ToolChoice {
    case auto, required, forbidden
    case tool(JSONNode)
  }

  struct Sampling {
    var temperature: JSONNode?
    var topP: JSONNode?
    var topK: JSONNode?
    var seed: JSONNode?
    var frequencyPenalty: JSONNode?
    var presencePenalty: JSONNode?
  }

  enum Reasoning {
    /// OpenAI's `reasoning_effort`.
    case effort(JSONNode)
    /// Anthropic's budget, in tokens.
    case budget(JSONNode)
    /// As much as the model finds right.
    case adaptive
    case off
  }

  enum Format {
    /// Any JSON object.
    case json
    /// JSON of a schema.
    case schema(JSONNode, name: JSONNode?, isStrict: JSONNode?)
  }

  /// Adds parts to the last turn if it is of the same role, else begins one.
  mutating func say(_ parts: [Part], as role: Role) {
    guard !parts.isEmpty else { return }
    if turns.last?.role == role {
      turns[turns.count - 1].parts += parts
    } else {
      turns.append(Turn(role: role, parts: parts))
    }
  }

  /// Refuses numbers that only some dialects have.
  func refuseSeedAndPenalties(in api: String) throws(GatewayError) {
    if sampling.seed != nil { throw Self.cannotExpress("seed", in: api) }
    if sampling.frequencyPenalty != nil { throw Self.cannotExpress("frequency_penalty", in: api) }
    if sampling.presencePenalty != nil { throw Self.cannotExpress("presence_penalty", in: api) }
  }

  /// A refusal of what the provider's dialect cannot express.
  static func cannotExpress(_ field: String, in provider: String) -> GatewayError {
    .invalidField(field, "'\(field)' cannot be sent to the provider of this model: \(provider) has nothing like it.")
  }
}
