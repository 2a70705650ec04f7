import GatewaySpec
import Testing

struct AmountTests {
  @Test(arguments: [
    ("50 USD", 50_000_000, "50 USD"), ("0.5 EUR", 500_000, "0.5 EUR"), ("0.000001 USD", 1, "0.000001 USD"),
    ("1.50 GBP", 1_500_000, "1.5 GBP"), ("0 USD", 0, "0 USD"),
    ("9000000000000 USD", 9_000_000_000_000_000_000, "9000000000000 USD"),
    ("1.0000000 USD", 1_000_000, "1 USD"), ("10.01 USD", 10_010_000, "10.01 USD"),
  ])
  func `Money is exact`(text: String, microUnits: Int64, expected: String) throws {
    let money = try Money(parsing: text)
    #expect(money.microUnits == microUnits)
    #expect(money.description == expected)
    #expect(try Money(parsing: expected) == money)
  }

  @Test(arguments: [
    Refusal("50", "50 USD"), Refusal("$50", "50 USD"), Refusal("50€", "50 EUR", safe: true),
    Refusal("50USD", "50 USD", safe: true),
    Refusal("USD 50", "50 USD", safe: true), Refusal("50 usd", "50 USD", safe: true), Refusal("1,000 USD", "1000 USD"),
    Refusal("0,5 EUR", "0.5 EUR"), Refusal("-5 USD"), Refusal("5 dollars"), Refusal("0.0000001 USD"),
    Refusal("99999999999999999999 USD"), Refusal(". USD"), Refusal("1. USD"), Refusal(".5 USD"), Refusal(" USD"),
    Refusal(""),
    Refusal("1.2.3 USD"), Refusal("50  USD", "50 USD", safe: true),
  ])
  func `What is no money is refused with a way out`(refusal: Refusal) {
    refusal.check(Money.self)
  }

  @Test(arguments: [
    Refusal("70", "70%", safe: true), Refusal("0.7", "70%"), Refusal("0.75", "75%"), Refusal("70 %", "70%", safe: true),
    Refusal("70.5%", "70%"), Refusal("-5%"), Refusal("%"), Refusal("10000%"), Refusal("x%"), Refusal("half"),
    Refusal("07%"),
    Refusal("1.5"),
  ])
  func `What is no percentage is refused with a way out`(refusal: Refusal) {
    refusal.check(Percentage.self)
  }

  @Test func `A percentage is a whole number`() throws {
    #expect(try Percentage(parsing: "70%").percent == 70)
    #expect(try Percentage(parsing: "0%").percent == 0)
    #expect(try Percentage(parsing: "150%").description == "150%")
    #expect(Percentage(10_000) == nil)
  }

  @Test(arguments: [
    Refusal("0"), Refusal("65536"), Refusal("-1"), Refusal("080", "80"), Refusal("4000/tcp", "4000", safe: true),
    Refusal(":4000", "4000"), Refusal("localhost:4000", "4000"), Refusal("http"), Refusal("8080.0"), Refusal("0x50"),
    Refusal("99999999999999999999"), Refusal("4 000"), Refusal(""), Refusal("8080 ", "8080", safe: true),
  ])
  func `What is no port is refused with a way out`(refusal: Refusal) {
    refusal.check(Port.self)
  }

  @Test func `Ports know who else listens on them`() throws {
    #expect(try Port(parsing: "1").isPrivileged)
    #expect(try Port(parsing: "65535").number == 65535)
    #expect(try !Port(parsing: "1024").isPrivileged)
    #expect(Port(15001)?.reservation == "Istio's sidecar")
    #expect(Port(4000)?.reservation == nil)
    #expect(Port(0) == nil)
    #expect(Port(65536) == nil)
  }
}
