import GatewaySpec
import Testing

struct SpecDurationTests {
  @Test(arguments: [
    ("40s", 40_000, "40s"), ("1h30m", 5_400_000, "1h30m"), ("500ms", 500, "500ms"), ("1.5h", 5_400_000, "1h30m"),
    ("90m", 5_400_000, "1h30m"), ("30d", 2_592_000_000, "30d"), ("2w", 1_209_600_000, "14d"), ("0s", 0, "0s"),
    ("720h", 2_592_000_000, "30d"), ("1.5s", 1500, "1s500ms"), ("0.001s", 1, "1ms"),
    ("1w2d3h4m5s6ms", 788_645_006, "9d3h4m5s6ms"),
    ("1m1ms", 60_001, "1m1ms"), ("007s", 7000, "7s"), ("9223372036854ms", 9_223_372_036_854, "106751d23h47m16s854ms"),
    ("0.50000s", 500, "500ms"),
  ])
  func `A duration is read and printed`(text: String, milliseconds: Int64, expected: String) throws {
    let duration = try SpecDuration(parsing: text)
    #expect(duration.milliseconds == milliseconds)
    #expect(duration.description == expected)
    #expect(try SpecDuration(parsing: expected) == duration)
  }

  @Test(arguments: [
    Refusal("40", "40s"), Refusal("0", "0s", safe: true), Refusal("1.5", "1.5s"), Refusal("1 h", "1h", safe: true),
    Refusal("1h 30m", "1h30m", safe: true), Refusal("40 seconds", "40s", safe: true), Refusal("5min", "5m", safe: true),
    Refusal("2 Hours, 5 minutes", "2h5m", safe: true), Refusal("5M", "5m"), Refusal("30D", "30d", safe: true),
    Refusal("30m1h", "1h30m", safe: true), Refusal("1h1h", "2h", safe: true), Refusal("+5s", "5s", safe: true),
    Refusal(" 5s", "5s", safe: true), Refusal("1:30:00", "1h30m0s"), Refusal("1:30"), Refusal("PT1H", "1h", safe: true),
    Refusal("PT30M", "30m"), Refusal("1h30", "1h30s"), Refusal("-5s"), Refusal("5us"), Refusal("1mo"), Refusal("1y"),
    Refusal("h"), Refusal("5x"), Refusal(""), Refusal("   "), Refusal("1.s"), Refusal(".5s"), Refusal("1..5s"),
    Refusal("0.0001s"), Refusal("300y"), Refusal("106752d"), Refusal("99999999999999999999s"), Refusal("1,5h"),
    Refusal("1hm"), Refusal("s5"), Refusal("5s\u{0}"), Refusal("٣s"), Refusal("9223372036855ms"),
  ])
  func `What is no duration is refused with a way out`(refusal: Refusal) {
    refusal.check(SpecDuration.self)
  }

  @Test func `A number without unit is told so`() throws {
    let mistake = try #require(refused(SpecDuration.self, "40"))
    #expect(mistake.headline == "`40` is not a duration: it has no unit")
    #expect(mistake.help == "write `40s`")
  }

  @Test(arguments: [
    ("0s", "0s", "0s"), ("500ms", "500ms", "500ms"), ("40s", "40s", "40s"), ("1m", "1m0s", "1m"),
    ("1h", "1h0m0s", "1h"),
    ("1h30m", "1h30m0s", "1h30m"), ("1s500ms", "1.5s", "1s500ms"), ("30d", "720h0m0s", "720h"),
    ("1s50ms", "1.05s", "1s50ms"),
    ("1h5s", "1h0m5s", "1h5s"),
  ])
  func `Durations are rendered for Go and for the Gateway API`(text: String, go: String, gateway: String) throws {
    let duration = try SpecDuration(parsing: text)
    #expect(duration.goText == go)
    #expect(duration.gatewayAPIText == gateway)
  }

  @Test func `The Gateway API has five digits for hours`() {
    #expect(SpecDuration.hours(99_999).gatewayAPIText == "99999h")
    #expect(SpecDuration.hours(100_000).gatewayAPIText == nil)
  }

  @Test func `Arithmetic stays in range`() {
    #expect(SpecDuration.maximum + .maximum == .maximum)
    #expect(SpecDuration.seconds(1) - .seconds(2) == .zero)
    #expect(SpecDuration.maximum * Int.max == .maximum)
    #expect(SpecDuration.maximum * -1 == .zero)
    #expect(SpecDuration.days(Int64.max) == .maximum)
    #expect(SpecDuration.days(Int64.min) == .zero)
    #expect(SpecDuration.seconds(10) * 30 == .minutes(5))
    #expect(SpecDuration.milliseconds(1).secondsRoundedUp == 1)
    #expect(SpecDuration.seconds(2).secondsRoundedUp == 2)
    #expect(SpecDuration.milliseconds(1500).seconds == 1.5)
  }

  @Test func `Random durations round trip`() throws {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<20_000 {
      let bits = Int64.random(in: 0...43, using: &generator)
      let duration = SpecDuration(milliseconds: Int64.random(in: 0...(1 << bits), using: &generator))
      #expect(try SpecDuration(parsing: duration.description) == duration)
      if let text = duration.gatewayAPIText { #expect(try SpecDuration(parsing: text) == duration) }
    }
  }
}
