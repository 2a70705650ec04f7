import SourceDiagnostics

/// A batch of spans as the body of an OTLP/HTTP export request, in OTLP's JSON encoding: identifiers in hexadecimal,
/// 64-bit numbers as text, enums as numbers (OTLP 1.x, "JSON Protobuf Encoding").
struct OTLPTraceRequest {
  /// The path of the request below the collector's address.
  static let path = "/v1/traces"

  /// `service.name`.
  let service: String
  /// `service.version`.
  let version: String
  let spans: [RequestSpan]

  /// The body.
  var text: String {
    var json = JSONWriter()
    json.object { json in
      json.key("resourceSpans")
      json.array { json in
        json.object { json in
          json.key("resource")
          json.object { json in
            json.key("attributes")
            json.array { json in
              json.attribute("service.name", service)
              json.attribute("service.version", version)
            }
          }
          json.key("scopeSpans")
          json.array { json in
            json.object { json in
              json.key("scope")
              json.object { json in
                json.key("name")
                json.string("sluice")
              }
              json.key("spans")
              json.objects(spans) { Self.append($1, to: &$0) }
            }
          }
        }
      }
    }
    return json.text
  }

  private static func append(_ span: RequestSpan, to json: inout JSONWriter) {
    json.key("traceId")
    json.string(span.context.traceID)
    json.key("spanId")
    json.string(TraceContext.text(of: span.context.span))
    if let parent = span.parent {
      json.key("parentSpanId")
      json.string(TraceContext.text(of: parent))
    }
    json.key("name")
    json.string(span.name)
    json.key("kind")
    json.number(2)  // SPAN_KIND_SERVER
    json.key("startTimeUnixNano")
    json.string(String(span.start))
    json.key("endTimeUnixNano")
    json.string(String(span.end))
    json.key("attributes")
    json.array { attributes(of: span, to: &$0) }
    // Of a server's span only 5xx is an error of the server (HTTP semantic conventions).
    if span.status >= 500 || span.status == 0 {
      json.key("status")
      json.object { json in
        json.key("code")
        json.number(2)  // STATUS_CODE_ERROR
      }
    }
  }

  private static func attributes(of span: RequestSpan, to json: inout JSONWriter) {
    json.attribute("http.request.method", span.method)
    json.attribute("http.route", span.route)
    json.attribute("http.response.status_code", span.status)
    json.attribute("gen_ai.operation.name", span.operation)
    json.attribute("gen_ai.provider.name", span.provider)
    json.attribute("gen_ai.request.model", span.model)
    json.attribute("gen_ai.response.model", span.targetModel)
    json.attribute("gen_ai.usage.input_tokens", span.tokens?.input)
    json.attribute("gen_ai.usage.output_tokens", span.tokens?.output)
    json.attribute("error.type", span.error)
  }
}

extension JSONWriter {
  fileprivate mutating func attribute(_ name: String, _ value: String?) {
    guard let value else { return }
    attribute(name) { json in
      json.key("stringValue")
      json.string(value)
    }
  }

  fileprivate mutating func attribute(_ name: String, _ value: Int?) {
    guard let value else { return }
    attribute(name) { json in
      json.key("intValue")
      json.string(String(value))
    }
  }

  private mutating func attribute(_ name: String, _ value: (inout JSONWriter) -> Void) {
    object { json in
      json.key("key")
      json.string(name)
      json.key("value")
      json.object(value)
    }
  }
}
