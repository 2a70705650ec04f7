import Testing

@testable import GatewayRuntime

@Suite struct SecretValueTests {
  private struct Holder {
    let name = "openai"
    let secret: SecretValue
  }

  private let text = "sk-very-secret"

  @Test func `no way of printing shows the secret`() {
    let secret = SecretValue(text)
    let holder = Holder(secret: secret)
    let credential = OpenAICompatibleEndpoint.Credential(value: secret)
    let access = GatewayAccess.masterKey(secret)
    var dumped = ""
    dump(secret, to: &dumped)
    dump(holder, to: &dumped)
    dump([credential], to: &dumped)
    dump(access, to: &dumped)
    let printed = [
      "\(secret)", String(describing: secret), String(reflecting: secret), secret.debugDescription, "\(holder)",
      String(reflecting: holder), "\([secret])", "\(credential)", "\(access)", String(reflecting: access), dumped,
      "\(Mirror(reflecting: secret).children.map { $0 })", String(reflecting: Optional(secret)),
    ]
    for output in printed {
      #expect(!output.contains("very"), "\(output)")
    }
    #expect("\(secret)" == "<secret>")
  }

  @Test func `comparison accepts the same text only`() {
    let secret = SecretValue(text)
    #expect(secret.matches(text))
    for other in ["", "s", "sk-very-secre", "sk-very-secret ", "sk-very-secretsk-very-secret", "Sk-very-secret"] {
      #expect(!secret.matches(other), "\(other)")
    }
    #expect(!SecretValue("").matches(""))
  }

  @Test func `the text comes out only where it is asked for`() {
    #expect(SecretValue(text).withExposedValue { $0.count } == text.count)
  }
}
