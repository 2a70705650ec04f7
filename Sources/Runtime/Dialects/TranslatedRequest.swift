import GatewaySpec
import NIOCore

/// A request in the provider's dialect, ready to be sent but for what a connection adds (host, length).
struct TranslatedRequest {
  /// The request target: path and query. The method is `POST`.
  var target: String
  /// The media type of the body; `nil` to send the client's own, which has the boundary of its form.
  var contentType: String?
  /// Credentials, versions, signature.
  var fields: [UpstreamField]
  /// The body, in pieces that may share the memory of the client's.
  var body: [ByteBuffer]
  /// What the translation of the answer must know.
  var plan: AnswerPlan
}

/// What the translation of an answer must know of its request.
struct AnswerPlan {
  /// The dialect in which the client takes the answer.
  var client: ClientDialect
  /// The dialect in which the provider gives it.
  var upstream: ProviderDescriptor.Dialect
  /// What was asked for.
  var operation: InferenceOperation
  /// Whether a stream was asked for.
  var isStream: Bool
  /// Whether the client asked for a chunk that counts tokens at the end of a stream in OpenAI's dialect.
  var reportsUsage: Bool
  /// Whether the gateway asked for that count although the client did not.
  var asksForUsage = false
  /// Whether the answer is the arguments of a tool that was forced so that they are JSON of a schema.
  var unwrapsTool = false
  /// The names of tools that the provider got shortened.
  var toolNames = ToolNames()

  /// Whether bytes pass as they come, but for the model name.
  var isSameDialect: Bool {
    !operation.isChat || client == .openAI && upstream == .openAI || client == .anthropic && upstream == .anthropic
  }
}

extension ClientRequest {
  /// The request that asks a target the same.
  ///
  /// Where the dialect is the same only the model name changes, and the body's memory is shared. Elsewhere the body is
  /// written anew in one pass.
  ///
  /// - Parameter now: seconds since 1970, for signatures.
  /// - Throws: what the target's dialect cannot express, as a 400 that names the field.
  func translated(for endpoint: UpstreamEndpoint, now: Int) throws(GatewayError) -> TranslatedRequest {
    guard endpoint.provider.serves(operation) else {
      throw .invalidField("model", "The provider of '\(model)' has no \(operation.path).")
    }
    var plan = AnswerPlan(
      client: dialect, upstream: endpoint.dialect, operation: operation, isStream: stream, reportsUsage: includeUsage)
    var body: [ByteBuffer]
    if plan.isSameDialect {
      let model = operation.takesForm ? Array(endpoint.model.utf8) : endpoint.encodedModel
      var edits = [BodyEdit(range: modelValue, replacement: model)]
      if let usageEdit, endpoint.provider.traits.contains(.reportsStreamUsage) {
        plan.asksForUsage = true
        edits.append(usageEdit)
        edits.sort { $0.range.lowerBound < $1.range.lowerBound }
      }
      body = BodyEdit.apply(edits, to: self.body)
    } else {
      body = [try translatedBody(for: endpoint, &plan)]
    }
    var request = TranslatedRequest(
      target: endpoint.target(of: operation, isStream: stream),
      contentType: operation.takesForm ? nil : "application/json", fields: endpoint.fields, body: body, plan: plan)
    if let signer = endpoint.signer {
      request.fields += signer.fields(
        host: endpoint.hostField, target: request.target, body: request.body, now: now)
    }
    return request
  }

  private func translatedBody(
    for endpoint: UpstreamEndpoint, _ plan: inout AnswerPlan
  ) throws(GatewayError) -> ByteBuffer {
    let tree: JSONTree
    do {
      tree = try JSONTree(body)
    } catch {
      throw .invalidJSON(reason: error.reason, offset: error.offset)
    }
    let prompt =
      switch dialect {
      case .openAI: try OpenAIPromptReader.read(tree)
      case .anthropic: try AnthropicPromptReader.read(tree)
      }
    switch endpoint.dialect {
    case .openAI, .mock: return try OpenAIPromptWriter.write(prompt, for: endpoint, &plan)
    case .anthropic: return try AnthropicPromptWriter.write(prompt, for: endpoint, &plan)
    case .gemini: return try GeminiPromptWriter.write(prompt, for: endpoint, &plan)
    case .bedrock: return try BedrockPromptWriter.write(prompt, for: endpoint, &plan)
    }
  }
}
