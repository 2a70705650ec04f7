import GatewaySpec
import SourceDiagnostics

/// What `GET /openapi.json` answers: an OpenAPI 3.1 document made from the endpoint table, so that it lists exactly what is
/// routed.
struct OpenAPIDocument {
  let endpoints: EndpointTable
  let version: String

  /// The document.
  var text: String {
    var json = JSONWriter()
    json.object { json in
      json.key("openapi")
      json.string("3.1.0")
      json.key("info")
      json.object { json in
        json.key("title")
        json.string("Sluice")
        json.key("version")
        json.string(version)
        json.key("description")
        json.string("An AI gateway. Inference endpoints take and give what the OpenAI and Anthropic APIs document.")
      }
      json.key("tags")
      json.objects(Endpoint.Purpose.allCases.filter(isUsed)) { json, purpose in
        json.key("name")
        json.string(purpose.title)
      }
      json.key("paths")
      json.object(paths)
      json.key("components")
      json.object(components)
    }
    return json.text
  }

  private func isUsed(_ purpose: Endpoint.Purpose) -> Bool {
    endpoints.endpoints.contains { $0.purpose == purpose }
  }

  private func paths(_ json: inout JSONWriter) {
    var seen: Set<String> = []
    for path in endpoints.endpoints.map(\.path) where seen.insert(path).inserted {
      json.key(path)
      json.object { json in
        for endpoint in endpoints.endpoints where endpoint.path == path {
          json.key(endpoint.method.rawValue.lowercased())
          json.object { operation(endpoint, &$0) }
        }
      }
    }
  }

  private func operation(_ endpoint: Endpoint, _ json: inout JSONWriter) {
    json.key("operationId")
    json.string(endpoint.operationID)
    json.key("summary")
    json.string(endpoint.summary)
    json.key("tags")
    json.strings([endpoint.purpose.title])
    json.key("security")
    json.array { json in
      guard endpoint.access != .open else { return }
      for scheme in ["bearer", "apiKey"] {
        json.object { json in
          json.key(scheme)
          json.strings([])
        }
      }
    }
    let parameters = endpoint.pathParameters
    if !parameters.isEmpty {
      json.key("parameters")
      json.objects(parameters) { json, name in
        json.key("name")
        json.string(name)
        json.key("in")
        json.string("path")
        json.key("required")
        json.boolean(true)
        json.key("schema")
        json.object { $0.type("string") }
      }
    }
    if endpoint.method == .post, endpoint.purpose == .inference {
      json.key("requestBody")
      json.object { json in
        json.key("required")
        json.boolean(true)
        json.content(endpoint.bodyType) { $0.reference("#/components/schemas/Request") }
      }
    }
    json.key("responses")
    json.object { json in
      json.key("200")
      json.object { json in
        json.key("description")
        json.string("Success")
      }
      json.key("default")
      json.reference("#/components/responses/Error")
    }
  }

  private func components(_ json: inout JSONWriter) {
    json.key("securitySchemes")
    json.object { json in
      json.key("bearer")
      json.object { json in
        json.type("http")
        json.key("scheme")
        json.string("bearer")
      }
      json.key("apiKey")
      json.object { json in
        json.type("apiKey")
        json.key("in")
        json.string("header")
        json.key("name")
        json.string("x-api-key")
      }
    }
    json.key("schemas")
    json.object { json in
      json.key("Request")
      json.object { json in
        json.type("object")
        json.key("required")
        json.strings(["model"])
        json.key("properties")
        json.object { json in
          json.key("model")
          json.object { json in
            json.type("string")
            json.key("description")
            json.string("The public name of a model, as `GET /v1/models` lists them.")
          }
        }
      }
      json.key("Error")
      json.object { json in
        json.type("object")
        json.key("properties")
        json.object { json in
          json.key("error")
          json.object { json in
            json.type("object")
            json.key("properties")
            json.object { json in
              for name in ["message", "type", "code"] {
                json.key(name)
                json.object { $0.type("string") }
              }
            }
          }
        }
      }
    }
    json.key("responses")
    json.object { json in
      json.key("Error")
      json.object { json in
        json.key("description")
        json.string("The request failed; the message says why.")
        json.content("application/json") { $0.reference("#/components/schemas/Error") }
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func type(_ name: String) {
    key("type")
    string(name)
  }

  fileprivate mutating func reference(_ target: String) {
    object { json in
      json.key("$ref")
      json.string(target)
    }
  }

  fileprivate mutating func content(_ type: String, _ schema: (inout JSONWriter) -> Void) {
    key("content")
    object { json in
      json.key(type)
      json.object { json in
        json.key("schema")
        schema(&json)
      }
    }
  }
}

extension Endpoint {
  /// The names between braces in its path.
  var pathParameters: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
  }

  /// A name that no other endpoint has: method and path in words.
  fileprivate var operationID: String {
    let words = path.split { !$0.isLetter && !$0.isNumber }
    return method.rawValue.lowercased() + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  fileprivate var bodyType: String { "application/json" }
}

extension Endpoint.Purpose {
  /// A heading for documentation.
  var title: String {
    switch self {
    case .inference: "Inference"
    case .health: "Health"
    case .metrics: "Metrics"
    case .documentation: "Documentation"
    case .management: "Management"
    case .administration: "Administration"
    }
  }
}
