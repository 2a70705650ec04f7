import Glibc
import NIOCore

/// An access key pair of Amazon Web Services.
public struct AWSCredentials: Sendable {
  /// The public half.
  public let accessKeyID: SecretValue
  /// The secret half.
  public let secretAccessKey: SecretValue
  /// What temporary credentials carry besides; `nil` for a long-lived pair.
  public let sessionToken: SecretValue?
  /// The region that requests are signed for, such as `eu-central-1`.
  public let region: String

  /// Makes credentials.
  public init(accessKeyID: SecretValue, secretAccessKey: SecretValue, sessionToken: SecretValue?, region: String) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
    self.region = region
  }
}

/// Signs requests with AWS Signature Version 4 (IAM User Guide, "Create a signed AWS API request").
struct AWSSigner: Sendable {
  private let credentials: AWSCredentials
  private let service: String

  init(_ credentials: AWSCredentials, service: String) {
    self.credentials = credentials
    self.service = service
  }

  /// The fields that sign a `POST` of JSON.
  ///
  /// - Parameters:
  ///   - host: the value of the `host` field, as it will be sent.
  ///   - target: the request target, as it will be sent. It has no query.
  ///   - body: the body.
  ///   - now: seconds since 1970.
  func fields(host: String, target: String, body: [ByteBuffer], now: Int) -> [UpstreamField] {
    var hash = SHA256()
    for piece in body { hash.update(piece.readableBytesView) }
    let bodyHash = Self.hexadecimal(hash.finish())
    let time = Self.timestamp(now)
    var fields = [UpstreamField(name: "x-amz-date", value: SecretValue(time))]
    var signed = [("content-type", "application/json"), ("host", host), ("x-amz-date", time)]
    if let token = credentials.sessionToken {
      fields.append(UpstreamField(name: "x-amz-security-token", value: token))
      token.withExposedValue { signed.append(("x-amz-security-token", $0)) }
    }
    // All services but S3 sign the path with what is in percent code encoded once more.
    let path = target.split(separator: "/", omittingEmptySubsequences: false)
      .map { UpstreamTargets.encodedSegment(String($0)) }.joined(separator: "/")
    let names = signed.map(\.0).joined(separator: ";")
    let lines = signed.map { "\($0.0):\($0.1)\n" }.joined()
    let canonical = "POST\n\(path)\n\n\(lines)\n\(names)\n\(bodyHash)"
    let scope = "\(time.prefix(8))/\(credentials.region)/\(service)/aws4_request"
    let text = "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(Self.hexadecimal(SHA256.hash(canonical.utf8)))"
    let signature = Self.hexadecimal(SHA256.authenticationCode(of: text.utf8, key: key(day: time.prefix(8))))
    let authorization = credentials.accessKeyID.withExposedValue { id in
      "AWS4-HMAC-SHA256 Credential=\(id)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
    }
    fields.append(UpstreamField(name: "authorization", value: SecretValue(authorization)))
    return fields
  }

  private func key(day: Substring) -> [UInt8] {
    let secret = credentials.secretAccessKey.withExposedValue { Array("AWS4\($0)".utf8) }
    return [String(day), credentials.region, service, "aws4_request"].reduce(secret) { key, part in
      SHA256.authenticationCode(of: part.utf8, key: key)
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// A time such as `20150830T123600Z`.
  static func timestamp(_ seconds: Int) -> String {
    var time = time_t(seconds)
    var parts = tm()
    guard gmtime_r(&time, &parts) != nil else { return "19700101T000000Z" }
    func digits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(1900 + parts.tm_year)\(digits(parts.tm_mon + 1))\(digits(parts.tm_mday))T"
      + "\(digits(parts.tm_hour))\(digits(parts.tm_min))\(digits(parts.tm_sec))Z"
  }
}
