import GatewaySpec
import Testing

struct QuantityTests {
  @Test(arguments: [
    ("1024Mi", "1Gi"), ("1.5Gi", "1536Mi"), ("1000M", "1G"), ("0.001T", "1G"), ("1.5", "1500m"), ("0.5", "500m"),
    ("1.08", "1080m"), ("1080000000n", "1080m"), ("1025Ki", "1025Ki"), ("307200Ki", "300Mi"), ("0Gi", "0"),
    (".001Ki", "1024m"), (".000000000001Ki", "2n"), ("0.0000000001", "1n"), ("1.1E-9", "2e-9"),
    ("100.035Ki", "102435840m"), ("0.05Gi", "53687091200m"), ("1e3", "1e3"), (".001e12", "1e9"), ("1E18", "1e18"),
    ("1e18", "1e18"), ("1.", "1"), ("1.G", "1G"), ("1E", "1E"), ("1E6", "1e6"), ("9Ei", "9223372036854775807"),
    ("8Ei", "9223372036854775807"), ("-9Ei", "-9223372036854775807"), ("12E", "12E"), ("+1Gi", "1Gi"),
    ("-1.5", "-1500m"),
    ("1023", "1023"), ("1Ki", "1Ki"), ("0.5Ki", "512"), ("0.9765625Ki", "1k"),
    ("0.000000000000000000001000000000000000000000000000001Ei", "1152922n"), ("1024", "1024"), ("7Ei", "7Ei"),
    ("200m", "200m"),
    ("1000m", "1"), ("1u", "1u"), ("1000n", "1u"), ("1000000u", "1"), ("1e0", "1"), ("10e3", "10e3"), ("1e4", "10e3"),
    ("1e-1", "100e-3"), ("1e-400", "1e-9"), ("1e-99999999999999999999", "1e-9"), ("0e99999999999999999999", "0"),
    ("00000000000000000000000000000000000000000000001Gi", "1Gi"),
    ("1.10000000000000000000000000000000000000000000", "1100m"),
    ("0.00000000000000000000000000000000000000000000000000001Ei", "1n"), ("-0.0000000001", "-1n"), ("-0", "0"),
    ("1.0000000000000000001Gi", "1073741824000000001n"), ("0.9999999999", "1"), ("1k", "1k"), ("1025", "1025"),
    ("1000E", "1000E"), ("999999999E", "999999999E"), ("100000000000000000000Ki", "9223372036854775807"),
    ("9223372036854775807.5Ei", "9223372036854775807"), (".5", "500m"),
  ])
  func `A quantity prints as Kubernetes prints it`(text: String, expected: String) throws {
    let quantity = try Quantity(parsing: text)
    #expect(quantity.description == expected)
    #expect(quantity.text == text)
    #expect(try Quantity(parsing: expected) == quantity)
  }

  @Test(arguments: [
    "", " ", "+", "-", ".", "1.1.M", "1+1.0M", "0.1mi", "0.1am", "aoeu", ".5i", "1i", "-3.01i", "-3.01e-", "1ki", "1ni",
    "1ui", "1mi", "1e", "1e+", "1e1.5", "1e 5", "e5", "1Gi1", "1_000", "1,5", "0x10", "1e28", "1000000000E",
    "--1", "+-1", "١", "1µ", "1\u{0}", "NaN", "inf", "1KI", "1Zi", "1Z",
    "123456789012345678901234567890123456789012",
  ])
  func `What Kubernetes refuses is refused`(text: String) {
    _ = refused(Quantity.self, text)
  }

  @Test(arguments: [
    Refusal("1GB", "1G"), Refusal("1Gb", "1Gi"), Refusal("500MB", "500M"), Refusal("1g", "1Gi"),
    Refusal("512mb", "512Mi"),
    Refusal("1 Gi", "1Gi", safe: true), Refusal(" 1", "1", safe: true), Refusal("1 ", "1", safe: true),
    Refusal("1GiB", "1Gi", safe: true), Refusal("1gi", "1Gi", safe: true), Refusal("256kB", "256k"),
    Refusal("256K", "256Ki"), Refusal("2 cores", "2"), Refusal("500mCPU", "500m", safe: true), Refusal("50%", "50"),
    Refusal("1,5", "1.5"), Refusal("1,024", "1024"), Refusal("1_024Mi", "1024Mi", safe: true), Refusal("10b", "10"),
    Refusal("huge"), Refusal("1e30"), Refusal(""),
  ])
  func `Common misspellings are mended`(refusal: Refusal) {
    refusal.check(Quantity.self)
  }

  @Test func `A wrong unit of bytes is explained with both readings`() throws {
    let mistake = try #require(refused(Quantity.self, "1GB"))
    #expect(mistake.headline == "`1GB` is not a quantity: `GB` is not a suffix")
    #expect(mistake.help == "write `1Gi`, in units of 1024³ bytes, or `1G`, in units of 1000³")
    #expect(mistake.range == 1..<3)
  }

  @Test func `Quantities compare by amount, not by text`() throws {
    #expect(try Quantity(parsing: "10000T") > Quantity(parsing: "100Gi"))
    #expect(try Quantity(parsing: "1Gi") == Quantity(parsing: "1024Mi"))
    #expect(try Set([Quantity(parsing: "1"), Quantity(parsing: "1000m"), Quantity(parsing: "1e0")]).count == 1)
    #expect(try Quantity(parsing: "-1") < Quantity(parsing: "-999m"))
  }

  @Test func `Amounts are rounded away from zero`() throws {
    #expect(try Quantity(parsing: "512m").byteCount == 1)
    #expect(try !Quantity(parsing: "512m").isWhole)
    #expect(try Quantity(parsing: "-512m").value == -1)
    #expect(try Quantity(parsing: "1.0001").milliValue == 1001)
    #expect(try Quantity(parsing: "1Gi").byteCount == 1_073_741_824)
    #expect(try Quantity(parsing: "12E").value == Int64.max)
  }

  @Test func `Sums and multiples keep the format and never trap`() throws {
    let gibibyte = try Quantity(parsing: "1Gi")
    #expect((gibibyte * 4).description == "4Gi")
    #expect(try (gibibyte + Quantity(parsing: "512Mi")).description == "1536Mi")
    #expect((Quantity(0) + gibibyte).description == "1Gi")
    #expect((Quantity(milli: 250) * 4).description == "1")
    let huge = try Quantity(parsing: "999999999E")
    let most = huge * Int.max
    #expect(most > huge)
    #expect(most + most == most)
    #expect(huge * Int.min < Quantity(0))
    #expect(most.milliValue == Int64.max)
    _ = (huge * Int.min * Int.min).description
    _ = (huge * Int.min + huge * Int.min).description
  }

  @Test func `Random quantities round trip`() throws {
    var generator = SeededGenerator(seed: 1)
    let suffixes = [
      "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e3", "E-2", "e+7",
    ]
    for _ in 0..<20_000 {
      var text = Bool.random(using: &generator) ? "" : "-"
      text += String(Int.random(in: 0...99_999_999, using: &generator))
      if Bool.random(using: &generator) { text += "." + String(Int.random(in: 0...99_999_999, using: &generator)) }
      text += suffixes.randomElement(using: &generator) ?? ""
      let quantity = try Quantity(parsing: text)
      let again = try Quantity(parsing: quantity.description)
      #expect(again == quantity, "\(text)")
      #expect(again.description == quantity.description, "\(text)")
    }
  }
}
