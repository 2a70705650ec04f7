import GatewaySpec
import HTTP1
import NIOCore
import SourceDiagnostics

/// What each request asks for.
extension ClientConnection {
  /// Decides by the head alone what will be done with the request.
  func route(_ head: MessageHead, _ fields: RequestFields) -> Intake {
    if fields.hosts > 1 || fields.hosts == 0 && head.version != .http10 {
      return .refuse(.malformedRequest(reason: "there must be one 'Host' field"))
    }
    if fields.expectation == .unknown { return .refuse(.expectationFailed) }
    switch snapshot.routes.match(Endpoint.Method(head.method), target: head.target) {
    case .notFound: return .refuse(.routeNotFound)
    case .methodNotAllowed(let allow): return .refuse(.methodNotAllowed(allow: allow))
    case .options(let allow): return .options(allow: allow)
    case .route(let route, let parameter):
      record.route = route.template
      if let refusal = Authentication.refusal(of: fields.key, in: head, for: route.access, under: snapshot.access) {
        return .refuse(refusal)
      }
      // Whoever watches over the gateway must get an answer, above all when it has too much to do.
      if isOverload, route.access != .open { return .refuse(.tooManyRequests) }
      return .collect(route, parameter: parameter)
    }
  }

  /// Does what a complete request asks for.
  func perform() {
    switch intake {
    case .refuse(let error): fail(error)
    case .options(let allow): respond(status: 200, fields: ["allow": allow], body: ByteBuffer())
    case .collect(let route, let parameter):
      switch route.operation {
      case .liveness: answer(#""I'm alive!""#)
      case .readiness: readiness()
      case .listModels: listModels()
      case .retrieveModel: retrieveModel(parameter)
      case .chatCompletions: chatCompletions()
      }
    }
  }

  private func readiness() {
    if loop.isDraining {
      answer(#"{"status":"shutting_down"}"#, status: 503)
    } else {
      answer(#"{"status":"healthy","db":"Not connected"}"#)
    }
  }

  private func listModels() {
    var bytes = Array(#"{"data":["#.utf8)
    for (index, model) in snapshot.models.models.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: Self.describe(model))
    }
    bytes.append(contentsOf: #"],"object":"list"}"#.utf8)
    answer(ByteBuffer(bytes: bytes))
  }

  private func retrieveModel(_ parameter: Substring?) {
    let name = parameter.flatMap(RouteTable.percentDecoded) ?? ""
    if let model = snapshot.models[name: name] {
      answer(ByteBuffer(bytes: Self.describe(model)))
    } else {
      fail(.modelNotFound(name))
    }
  }

  /// A model as OpenAI describes one; time and owner are those that LiteLLM gives for every model.
  private static func describe(_ model: PublicModel) -> [UInt8] {
    Array(#"{"id":"#.utf8) + model.encodedName
      + Array(#","object":"model","created":1677610602,"owned_by":"openai"}"#.utf8)
  }

  private func chatCompletions() {
    let chat: ChatRequest
    do {
      chat = try ChatRequest.parse(body.readableBytesUInt8Span)
    } catch {
      fail(error)
      return
    }
    guard let model = snapshot.models[name: chat.model] else {
      let known = snapshot.models.models.map(\.name)
      let nearest = NameSuggestion.nearest(to: chat.model, among: known)
      fail(.unknownModel(chat.model, nearest: nearest, known: known))
      return
    }
    guard let index = model.weights.pick(using: &loop.random) else {
      fail(.upstreamUnreachable)
      return
    }
    let target = model.targets[index]
    record.model = model.name
    record.target = target.id
    switch target.provider {
    case .mock: mock(chat, model, target)
    case .openAICompatible(let endpoint):
      guard let head else { return }
      let call = UpstreamCall(
        for: self, loop: loop, snapshot: snapshot, model: model, target: target, endpoint: endpoint, chat: chat,
        head: head, body: body)
      self.call = call
      // A stream may last for minutes and needs neither.
      self.head = nil
      body = ByteBuffer()
      call.start()
    }
  }

  private func mock(_ chat: ChatRequest, _ model: PublicModel, _ target: ModelTarget) {
    let provider = MockProvider(
      encodedModel: model.encodedName, id: loop.random.identifier(prefix: "chatcmpl-"), created: loop.wallClock())
    let text = MockProvider.reply(to: chat, body.readableBytesUInt8Span)
    var fields: FieldLines = ["x-sluice-target": target.id]
    guard chat.stream else {
      fields.add("content-type", "application/json")
      let bytes = provider.completion(text, promptBytes: chat.messages.count)
      respond(status: 200, fields: fields, body: ByteBuffer(bytes: bytes))
      return
    }
    fields.add("content-type", "text/event-stream; charset=utf-8")
    fields.add("cache-control", "no-cache")
    fields.add("x-accel-buffering", "no")
    let events = provider.stream(text, promptBytes: chat.messages.count, includeUsage: chat.includeUsage)
    beginResponse(status: 200, fields: fields, length: nil)
    writeBody(ByteBuffer(bytes: events))
    endResponse()
  }

  private func answer(_ json: String, status: Int = 200) {
    answer(ByteBuffer(string: json), status: status)
  }

  private func answer(_ json: ByteBuffer, status: Int = 200) {
    respond(status: status, fields: ["content-type": "application/json"], body: json)
  }
}

extension Endpoint.Method {
  /// The method of a request; `HEAD` is served as `GET` whose body is left out, and `nil` is one that no endpoint has.
  init?(_ method: RequestMethod) {
    switch method {
    case .get, .head: self = .get
    case .post: self = .post
    case .put: self = .put
    case .patch: self = .patch
    case .delete: self = .delete
    case .options: self = .options
    case .connect, .trace, .other: return nil
    }
  }
}
