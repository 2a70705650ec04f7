import GatewaySpec
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct UpstreamFailureTests {
  private func plan(_ client: ClientDialect, _ upstream: ProviderDescriptor.Dialect) -> AnswerPlan {
    AnswerPlan(client: client, upstream: upstream, operation: .chat, isStream: false, reportsUsage: false)
  }

  private func read(_ status: Int, _ body: String, amazon: String? = nil) -> UpstreamFailure {
    UpstreamFailure.read(
      status: status, body: ByteBuffer(string: body), plan: plan(.openAI, .bedrock), amazonErrorType: amazon)
  }

  @Test(
    arguments: [
      (
        400, #"{"error":{"message":"too long","type":"invalid_request_error","code":"context_length_exceeded"}}"#,
        .contextOverflow
      ),
      (
        400,
        #"{"error":{"message":"This model's maximum context length is 4096 tokens. However, you requested 5000"}}"#,
        .contextOverflow
      ),
      (
        400, #"{"object":"error","message":"maximum context length is 10","type":"BadRequestError","code":400}"#,
        .contextOverflow
      ),
      (
        400,
        #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 9 tokens > 8 maximum"}}"#,
        .contextOverflow
      ),
      (
        400,
        #"{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"The input token count (9) exceeds the maximum number of tokens allowed (8)."}}"#,
        .contextOverflow
      ),
      (400, #"{"message":"Input is too long for requested model."}"#, .contextOverflow),
      (
        400,
        #"{"error":{"code":"content_filter","message":"filtered","innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#,
        .contentPolicy
      ),
      (400, #"{"error":{"code":"content_policy_violation","message":"no"}}"#, .contentPolicy),
      (
        400,
        #"{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}"#,
        .contentPolicy
      ),
      (429, #"{"error":{"code":"insufficient_quota","type":"insufficient_quota","message":"quota"}}"#, .quotaExhausted),
      (429, #"{"error":{"code":"project_spend_limit_exceeded","message":"quota"}}"#, .quotaExhausted),
      (
        400, #"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low"}}"#,
        .quotaExhausted
      ),
      (402, #"{"error":{"message":"Insufficient Balance"}}"#, .quotaExhausted),
      (429, #"{"error":{"code":"rate_limit_exceeded","type":"tokens","message":"slow down"}}"#, .rateLimited),
      (429, "", .rateLimited),
      (529, #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#, .overloaded),
      (503, "<html>", .overloaded),
      (500, "{}", .server),
      (504, "", .timeout),
      (401, "", .authentication),
      (
        400,
        #"{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"API key not valid.","details":[{"reason":"API_KEY_INVALID"}]}}"#,
        .authentication
      ),
      (403, "", .permission),
      (404, "", .notFound),
      (400, #"{"error":{"message":"bad"}}"#, .invalidRequest),
      (302, "", .server),
    ] as [(Int, String, UpstreamFailure.Kind)])
  func `knows what an error means`(status: Int, body: String, kind: UpstreamFailure.Kind) {
    #expect(read(status, body).kind == kind, "\(body)")
  }

  @Test(
    arguments: [
      ("ThrottlingException:http://internal.amazon.com/", 429, .rateLimited),
      ("ExpiredTokenException", 403, .authentication),
      ("AccessDeniedException", 403, .permission), ("ModelNotReadyException", 429, .overloaded),
      ("ValidationException", 400, .invalidRequest), ("ModelErrorException", 424, .server),
    ] as [(String, Int, UpstreamFailure.Kind)])
  func `knows Amazon's errors by the field that names them`(type: String, status: Int, kind: UpstreamFailure.Kind) {
    #expect(read(status, #"{"message":"m"}"#, amazon: type).kind == kind)
  }

  @Test func `only what may succeed later is tried again`() {
    let mayRetry: [UpstreamFailure.Kind] = [.rateLimited, .overloaded, .timeout, .server]
    for kind: UpstreamFailure.Kind in [
      .invalidRequest, .contextOverflow, .contentPolicy, .authentication, .permission, .quotaExhausted, .notFound,
      .rateLimited, .overloaded, .timeout, .server,
    ] {
      #expect(UpstreamFailure(status: 429, kind: kind).mayRetry == mayRetry.contains(kind))
    }
  }

  @Test func `a key is not shown`() {
    let failure = read(401, #"{"error":{"message":"Incorrect API key provided: sk-abc"}}"#)
    #expect(failure.message == nil)
    #expect(failure.original == nil)
    #expect(failure.rendering.message == "The provider refused the gateway's credentials.")
  }

  @Test func `the body goes on as it is where the dialect is the same`() {
    let body = #"{"error":{"message":"m","type":"t","param":null,"code":null,"extra":1}}"#
    let same = UpstreamFailure.read(status: 400, body: ByteBuffer(string: body), plan: plan(.openAI, .openAI))
    #expect(
      String(decoding: ClientDialect.openAI.body(of: .upstreamFailure(same), requestID: nil), as: UTF8.self) == body)
    let other = UpstreamFailure.read(status: 400, body: ByteBuffer(string: body), plan: plan(.openAI, .anthropic))
    #expect(other.original == nil)
  }

  @Test func `an error inside a stream has the status that it would have had before`() throws {
    func read(_ text: String, type: String? = nil) throws -> UpstreamFailure {
      let tree = try JSONTree(ByteBuffer(string: text))
      return UpstreamFailure.read(event: tree.root, of: tree, type: type)
    }
    #expect(try read(#"{"type":"error","error":{"type":"overloaded_error","message":"m"}}"#).rendering.status == 503)
    #expect(try read(#"{"error":{"message":"m","type":"server_error","code":429}}"#).rendering.status == 429)
    #expect(try read(#"{"message":"m"}"#, type: "throttlingException").kind == .rateLimited)
    #expect(try read(#"{"error":{"message":"m"}}"#).rendering.status == 500)
  }
}

@Suite struct RetryAfterTests {
  /// Sun, 06 Nov 1994 08:49:37 GMT.
  private static let example = 784_111_777

  @Test(
    arguments: [
      ("20", nil, .seconds(20)), ("1.5", nil, .milliseconds(1500)), ("20", "1500", .milliseconds(1500)),
      (nil, "0", .zero), ("Sun, 06 Nov 1994 08:49:47 GMT", nil, .seconds(10)),
      ("Sun, 06 Nov 1994 08:49:27 GMT", nil, .zero), ("99999999", nil, RetryAfter.maximum),
      ("inf", nil, RetryAfter.maximum),
      ("nan", nil, nil), ("-1", nil, nil), ("soon", nil, nil), ("", nil, nil), (nil, nil, nil), ("3", "x", .seconds(3)),
      ("Sun, 06 Foo 1994 08:49:37 GMT", nil, nil), ("Sun, 06 Nov 1994 28:49:37 GMT", nil, nil),
    ] as [(String?, String?, Duration?)])
  func `reads all forms`(seconds: String?, milliseconds: String?, expected: Duration?) {
    #expect(RetryAfter.read(seconds: seconds, milliseconds: milliseconds, now: Self.example) == expected)
  }

  @Test func `reads the delay in Google's errors`() {
    let body =
      #"{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[{"@type":"x/RetryInfo","retryDelay":"17.5s"}]}}"#
    let plan = AnswerPlan(client: .openAI, upstream: .gemini, operation: .chat, isStream: false, reportsUsage: false)
    let failure = UpstreamFailure.read(status: 429, body: ByteBuffer(string: body), plan: plan)
    #expect(failure.retryAfter == .milliseconds(17_500))
    #expect(failure.kind == .rateLimited)
  }
}
