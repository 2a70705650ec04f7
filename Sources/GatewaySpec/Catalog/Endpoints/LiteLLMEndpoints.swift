extension EndpointTable {
  /// What LiteLLM 1.109.1 serves, as far as a deployment can meet it: all of health, what clients call, and the roots of
  /// documentation, metrics and key management. Observed on a running proxy without a database, the rest read from its
  /// OpenAPI document.
  public static let litellm = EndpointTable(
    health + inference + [
      Endpoint(.get, "/metrics", .key, .metrics, "Prometheus metrics; asks for a key unless told otherwise"),
      Endpoint(.get, "/", .open, .documentation, "the Swagger page"),
      Endpoint(.get, "/docs", .open, .documentation, "the Swagger page"),
      Endpoint(.get, "/redoc", .open, .documentation, "the ReDoc page"),
      Endpoint(.get, "/openapi.json", .open, .documentation, "the OpenAPI document"),
      Endpoint(.get, "/routes", .key, .documentation, "lists all routes"),
      Endpoint(.get, "/ui", .open, .administration, "the admin page"),
      Endpoint(.get, "/test", .key, .health, "a deprecated ping"),
    ] + management)

  private static let health: [Endpoint] = [
    Endpoint(.get, "/health/liveliness", .open, .health, "says that the process runs"),
    Endpoint(.get, "/health/liveness", .open, .health, "the same"),
    Endpoint(
      .get, "/health/readiness", .open, .health, effects: .dependsOnDatabase,
      "200 while it takes requests; 503 when the database is down or the process drains"),
    Endpoint(.options, "/health/liveliness", .open, .health, "which methods are allowed"),
    Endpoint(.options, "/health/liveness", .open, .health, "which methods are allowed"),
    Endpoint(.options, "/health/readiness", .open, .health, "which methods are allowed"),
    Endpoint(
      .get, "/health/readiness/details", .key, .health, effects: .dependsOnDatabase, "versions, callbacks and settings"),
    Endpoint(.get, "/health", .key, .health, effects: .callsProviders, "calls every model once, which is billed"),
    Endpoint(.get, "/health/backlog", .key, .health, "requests in flight"),
    Endpoint(.get, "/health/drain", .key, .health, "waits for running requests; off unless enabled"),
    Endpoint(.get, "/health/services", .key, .health, effects: .callsProviders, "tests a logging service"),
    Endpoint(.get, "/health/history", .key, .health, effects: .dependsOnDatabase, "earlier health checks"),
    Endpoint(.get, "/health/latest", .key, .health, effects: .dependsOnDatabase, "the last health checks"),
    Endpoint(.get, "/health/license", .key, .health, "the state of the licence"),
    Endpoint(.get, "/health/shared-status", .key, .health, "health checks shared between replicas"),
    Endpoint(.post, "/health/test_connection", .key, .health, effects: .callsProviders, "calls one model"),
  ]

  private static let inference: [Endpoint] = {
    let calls: [(Endpoint.Method, String, String)] = [
      (.post, "/chat/completions", "OpenAI chat completions"),
      (.post, "/completions", "OpenAI completions"),
      (.post, "/embeddings", "OpenAI embeddings"),
      (.post, "/responses", "OpenAI responses"),
      (.post, "/moderations", "OpenAI moderations"),
      (.post, "/images/generations", "OpenAI images"),
      (.post, "/audio/speech", "OpenAI speech"),
      (.post, "/audio/transcriptions", "OpenAI transcription"),
      (.post, "/rerank", "rerank"),
    ]
    let lists: [(Endpoint.Method, String, String)] = [
      (.get, "/models", "lists the models"), (.get, "/models/{id}", "describes one model"),
    ]
    var table: [Endpoint] = []
    for (method, path, summary) in calls {
      table.append(Endpoint(method, "/v1" + path, .key, .inference, effects: .callsProviders, summary))
      table.append(Endpoint(method, path, .key, .inference, effects: .callsProviders, summary))
    }
    for (method, path, summary) in lists {
      table.append(Endpoint(method, "/v1" + path, .key, .inference, summary))
      table.append(Endpoint(method, path, .key, .inference, summary))
    }
    table += [
      Endpoint(.post, "/v1/messages", .key, .inference, effects: .callsProviders, "Anthropic messages"),
      Endpoint(.post, "/v1/messages/count_tokens", .key, .inference, effects: .callsProviders, "counts tokens"),
      Endpoint(.get, "/model/info", .key, .inference, "describes the deployments of each model"),
      Endpoint(.get, "/v1/model/info", .key, .inference, "the same"),
      Endpoint(.get, "/v2/model/info", .key, .inference, "the same, paged"),
      Endpoint(.get, "/model_group/info", .key, .inference, "describes model groups"),
    ]
    return table
  }()

  private static let management: [Endpoint] = {
    let paths: [(Endpoint.Method, String)] = [
      (.post, "/key/generate"), (.post, "/key/update"), (.post, "/key/delete"), (.get, "/key/info"),
      (.get, "/key/list"),
      (.post, "/key/block"), (.post, "/key/unblock"), (.post, "/key/{key}/regenerate"),
      (.post, "/user/new"), (.get, "/user/info"), (.post, "/user/update"), (.post, "/user/delete"),
      (.get, "/user/list"),
      (.post, "/team/new"), (.get, "/team/info"), (.post, "/team/update"), (.post, "/team/delete"),
      (.get, "/team/list"),
      (.post, "/budget/new"), (.post, "/budget/info"), (.post, "/budget/update"), (.post, "/budget/delete"),
      (.get, "/budget/list"), (.post, "/model/new"), (.post, "/model/update"), (.post, "/model/delete"),
      (.get, "/spend/logs"), (.get, "/spend/tags"), (.post, "/spend/calculate"), (.get, "/global/spend/report"),
      (.get, "/credentials"), (.post, "/credentials"), (.get, "/cache/ping"), (.post, "/cache/flushall"),
    ]
    return paths.map { method, path in
      Endpoint(method, path, .masterKey, .management, effects: .dependsOnDatabase, "key, user and spend management")
    }
  }()
}
