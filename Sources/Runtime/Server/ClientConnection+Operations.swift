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
      do {
        caller = try Authentication.caller(showing: fields.key, in: head, for: route.access, under: snapshot.access)
      } catch {
        return .refuse(error)
      }
      // Whoever watches over the gateway must get an answer, above all when it has too much to do.
      if isOverload, route.access != .open { return .refuse(.tooManyRequests) }
      record.key = caller.key?.name
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
    for (index, model) in usableModels.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: Self.describe(model))
    }
    bytes.append(contentsOf: #"],"object":"list"}"#.utf8)
    answer(ByteBuffer(bytes: bytes))
  }

  /// The models that the caller may ask for, in the order of the spec.
  private var usableModels: [PublicModel] { snapshot.models.models.filter { caller.mayUse($0.name) } }

  private func retrieveModel(_ parameter: Substring?) {
    let name = parameter.flatMap(RouteTable.percentDecoded) ?? ""
    if let model = snapshot.models[name: name], caller.mayUse(name) {
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
      let known = usableModels.map(\.name)
      let nearest = NameSuggestion.nearest(to: chat.model, among: known)
      fail(.unknownModel(chat.model, nearest: nearest, known: known))
      return
    }
    guard caller.mayUse(model.name) else {
      fail(.modelNotAllowed(model.name))
      return
    }
    guard let head else { return }
    let call = InferenceCall(for: self, chat, of: model, .chat, head: head, body: body, now: .now())
    self.call = call
    // A stream may last for minutes and needs neither.
    self.head = nil
    body = ByteBuffer()
    call.start()
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
