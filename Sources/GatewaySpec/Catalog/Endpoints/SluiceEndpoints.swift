extension EndpointTable {
  /// What Sluice's own runtime serves. Inference paths stand with and without `/v1`, as OpenAI clients expect either.
  ///
  /// The health paths, their bodies and their status codes are LiteLLM's, so that probes carry over.
  public static let sluice = EndpointTable([
    Endpoint(
      .get, "/health/liveliness", .open, .health, operation: .liveness,
      "says that the process runs; calls nothing else"),
    Endpoint(
      .get, "/health/liveness", .open, .health, operation: .liveness, "the same under the name that Kubernetes uses"),
    Endpoint(
      .get, "/health/readiness", .open, .health, operation: .readiness,
      "says whether the gateway takes requests; 503 while it drains"),
    Endpoint(.options, "/health/liveliness", .open, .health, operation: .liveness, "which methods are allowed"),
    Endpoint(.options, "/health/liveness", .open, .health, operation: .liveness, "which methods are allowed"),
    Endpoint(.options, "/health/readiness", .open, .health, operation: .readiness, "which methods are allowed"),
    Endpoint(.get, "/v1/models", .key, .inference, operation: .listModels, "lists the models that the key may use"),
    Endpoint(.get, "/models", .key, .inference, operation: .listModels, "the same without `/v1`"),
    Endpoint(.get, "/v1/models/{id}", .key, .inference, operation: .retrieveModel, "describes one model"),
    Endpoint(.get, "/models/{id}", .key, .inference, operation: .retrieveModel, "the same without `/v1`"),
    Endpoint(
      .post, "/v1/chat/completions", .key, .inference, effects: .callsProviders, operation: .chatCompletions,
      "answers a chat, whole or as a stream (OpenAI chat completions)"),
    Endpoint(
      .post, "/chat/completions", .key, .inference, effects: .callsProviders, operation: .chatCompletions,
      "the same without `/v1`"),
  ])
}
