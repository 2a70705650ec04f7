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

/// Signs requests (AWS Signature Version 4).
struct AWSSigner: Sendable {
  private let credentials: AWSCredentials
  private let service: String

  init(_ credentials: AWSCredentials, service: String) {
    self.credentials = credentials
    self.service = service
  }

  /// The fields that sign a `POST` of a body.
  func fields(host: String, target: String, body: [ByteBuffer], now: Int) -> [UpstreamField] { [] }
}
