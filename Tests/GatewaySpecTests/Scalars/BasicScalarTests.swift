import GatewaySpec
import Testing

struct BasicScalarTests {
  @Test(arguments: [
    Refusal("010", "10"), Refusal("0x1F", "31", safe: true), Refusal("0o17", "15", safe: true),
    Refusal("-0x1F", "-31", safe: true),
    Refusal("1_000", "1000", safe: true), Refusal("2.0", "2", safe: true), Refusal("1e3", "1000"), Refusal("2.5"),
    Refusal("two"),
    Refusal("9223372036854775808"), Refusal("1e99"), Refusal("-"), Refusal("+"), Refusal(""), Refusal("true"),
    Refusal("00", "0"),
    Refusal("0x"), Refusal("0x-5"), Refusal("5 ", "5", safe: true), Refusal("1e-3"),
  ])
  func `What is no whole number is refused with a way out`(refusal: Refusal) {
    refusal.check(Int.self)
  }

  @Test func `Whole numbers go to both ends`() {
    #expect(canonical(Int.self, "-9223372036854775808") == String(Int.min))
    #expect(canonical(Int.self, "9223372036854775807") == String(Int.max))
    #expect(canonical(Int.self, "+5") == "5")
    #expect(canonical(Int.self, "-0") == "0")
  }

  @Test(arguments: [
    Refusal("yes", "true", safe: true), Refusal("No", "false", safe: true), Refusal("ON", "true", safe: true),
    Refusal("off", "false", safe: true), Refusal("True", "true", safe: true), Refusal("1", "true"),
    Refusal("disabled", "false"),
    Refusal("maybe"), Refusal(""),
  ])
  func `What is no truth value is refused with a way out`(refusal: Refusal) {
    refusal.check(Bool.self)
  }

  @Test func `What YAML 1-1 takes for a truth value is told so`() throws {
    let mistake = try #require(refused(Bool.self, "yes"))
    #expect(mistake.headline == "`yes` is not `true` or `false`: only readers of YAML 1.1 take it for `true`")
  }

  @Test(arguments: [
    Refusal("2026-2-3", "2026-02-03", safe: true), Refusal("2026/02/03", "2026-02-03", safe: true),
    Refusal("03.02.2026", "2026-02-03"), Refusal("02/03/2026"), Refusal("2026-02-30"), Refusal("2025-02-29"),
    Refusal("1900-02-29"),
    Refusal("2026-13-01"), Refusal("0000-01-01"), Refusal("2026-01-00"), Refusal("2026-02-03T10:00:00Z", "2026-02-03"),
    Refusal("tomorrow"), Refusal("20260203"), Refusal(""), Refusal("2026-02-3x"), Refusal("--"), Refusal("99999-01-01"),
  ])
  func `What is no date is refused with a way out`(refusal: Refusal) {
    refusal.check(CalendarDate.self)
  }

  @Test func `Dates know the calendar`() throws {
    #expect(try CalendarDate(parsing: "2024-02-29").day == 29)
    #expect(try CalendarDate(parsing: "2000-02-29").daysSinceEpoch == 11_016)
    #expect(try CalendarDate(parsing: "1970-01-01").daysSinceEpoch == 0)
    #expect(try CalendarDate(parsing: "1969-12-31").daysSinceEpoch == -1)
    #expect(try CalendarDate(parsing: "2026-07-01").daysSinceEpoch == 20_635)
    #expect(try CalendarDate(parsing: "0001-01-01").description == "0001-01-01")
    var previous = try CalendarDate(parsing: "1999-12-31")
    for year in 2000...2004 {
      for month in 1...12 {
        for day in 1...31 {
          guard let date = CalendarDate(year: year, month: month, day: day) else { continue }
          #expect(date.daysSinceEpoch == previous.daysSinceEpoch + 1)
          #expect(date > previous)
          previous = date
        }
      }
    }
  }

  @Test func `Any text is a plain text, but not a non-empty one`() throws {
    #expect(try PlainText(parsing: "").text == "")
    #expect(try PlainText(parsing: " \n").text == " \n")
    #expect(try NonEmptyText(parsing: " x ").text == " x ")
    #expect(refused(NonEmptyText.self, "")?.headline == "an empty text is not a text")
    _ = refused(NonEmptyText.self, " \n")
  }

  @Test func `Text that cannot be seen is escaped in a message and long text is cut`() throws {
    let escaped = try #require(refused(Int.self, "a\u{0}b\u{202E}\n\u{1B}[2J"))
    #expect(escaped.headline.hasPrefix("`a\\u{0}b\\u{202e}\\n\\u{1b}[2J` is not a whole number"))
    let cut = try #require(refused(Int.self, String(repeating: "x", count: 10_000)))
    #expect(cut.headline.utf8.count < 200)
  }

  @Test(arguments: [
    Refusal("v1.2.3", "1.2.3", safe: true), Refusal("1.2.3.4"), Refusal("1"), Refusal("latest"),
    Refusal("01.2.3", "1.2.3"),
    Refusal("1..3"), Refusal("1.2."), Refusal("1.2-"), Refusal("1.2.3 beta"), Refusal("9999999999.1"),
    Refusal("1.2.3-ü"), Refusal(""),
    Refusal("a.b"), Refusal("."),
  ])
  func `What is no version is refused with a way out`(refusal: Refusal) {
    refusal.check(EngineVersion.self)
  }

  @Test func `Versions are in order`() throws {
    let ordered = [
      "0.9", "1.0.0-alpha", "1.0.0-beta.2", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0", "1.0.0-stable",
      "1.0.0-stable.patch.1",
      "1.0.1rc1", "1.0.1", "1.2", "1.10.0.rc.1", "1.10", "1.109.1", "2.0+build.5",
    ]
    let versions = try ordered.map { try EngineVersion(parsing: $0) }
    for (earlier, later) in zip(versions, versions.dropFirst()) {
      #expect(earlier < later)
      #expect(!(later < earlier))
    }
    #expect(try EngineVersion(parsing: "1.109") == EngineVersion(parsing: "1.109.0"))
    #expect(try EngineVersion(parsing: "1.109").text == "1.109")
    #expect(try EngineVersion(parsing: "1.74.0.rc.1").isPrerelease)
  }

  @Test(arguments: [
    Refusal("v1.31", "1.31", safe: true), Refusal("1.31.4", "1.31", safe: true), Refusal("v1.31.4", "1.31", safe: true),
    Refusal("1"),
    Refusal("1.31+"), Refusal("latest"), Refusal("1.031"), Refusal("1.99999"), Refusal("1."), Refusal("."), Refusal(""),
  ])
  func `What is no Kubernetes version is refused with a way out`(refusal: Refusal) {
    refusal.check(KubernetesVersion.self)
  }

  @Test func `Kubernetes versions keep their zero and are in order`() throws {
    #expect(try KubernetesVersion(parsing: "1.30").description == "1.30")
    #expect(try KubernetesVersion(parsing: "1.9") < KubernetesVersion(parsing: "1.30"))
  }
}
