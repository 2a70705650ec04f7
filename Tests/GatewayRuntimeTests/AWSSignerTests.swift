import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct AWSSignerTests {
  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Examples of FIPS 180 and a million letters.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func `hashes`(text: String, expected: String) {
    #expect(hexadecimal(SHA256.hash(text.utf8)) == expected)
  }

  /// Test cases 1, 2 and 6 of RFC 4231.
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0B, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `authenticates`(key: [UInt8], text: String, expected: String) {
    #expect(hexadecimal(SHA256.authenticationCode(of: text.utf8, key: key)) == expected)
  }

  @Test func `writes the time as Amazon does`() {
    #expect(AWSSigner.timestamp(1_440_938_160) == "20150830T123600Z")
    #expect(AWSSigner.timestamp(1_709_164_805) == "20240229T000005Z")
  }

  /// The signatures are those that Amazon's own library for Python (botocore) makes of the same requests.
  @Test(arguments: [
    (
      nil as String?, "content-type;host;x-amz-date", "cec9dac6e9efb3fe761f4cff9973ef5ac0214106f9981f444688325d5fa8238d"
    ),
    (
      "token-1", "content-type;host;x-amz-date;x-amz-security-token",
      "78293a3fdce505483860e7d9a03247a5c6164c8e65218ed6a3242ee5463ef0eb"
    ),
  ])
  func `signs as Amazon's library does`(token: String?, names: String, signature: String) throws {
    let credentials = AWSCredentials(
      accessKeyID: SecretValue("AKIDEXAMPLE"), secretAccessKey: SecretValue("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
      sessionToken: token.map { SecretValue($0) }, region: "eu-central-1")
    let fields = AWSSigner(credentials, service: "bedrock").fields(
      host: "bedrock-runtime.eu-central-1.amazonaws.com", target: "/model/anthropic.claude-sonnet-4-5-v1%3A0/converse",
      body: [ByteBuffer(string: #"{"messages""#), ByteBuffer(string: ":[]}")], now: 1_440_938_160)
    let authorization = try #require(fields.first { $0.name == "authorization" })
    #expect(
      authorization.value.withExposedValue { $0 }
        == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-central-1/bedrock/aws4_request, "
        + "SignedHeaders=\(names), Signature=\(signature)")
    #expect(fields.contains { $0.name == "x-amz-security-token" } == (token != nil))
  }
}
