extension Quantity {
  /// The canonical text: a whole number, the largest suffix that loses nothing, in the format it was written in.
  public var description: String { Self.canonicalText(nanos, format) }

  /// The canonical text of an amount. Binary suffixes are given up for decimal ones below 1024 and for parts of a unit.
  static func canonicalText(_ nanos: Int128, _ format: Format) -> String {
    guard nanos != 0 else { return "0" }
    let (units, rest) = nanos.quotientAndRemainder(dividingBy: nanosPerUnit)
    if format == .binarySI, rest == 0, units.magnitude >= 1024 { return binaryText(units) }
    var mantissa = nanos
    var exponent = -9
    while mantissa % 1000 == 0, exponent < 18 || format == .decimalExponent {
      mantissa /= 1000
      exponent += 3
    }
    guard format == .decimalExponent else { return String(mantissa) + decimalSuffix(exponent) }
    return exponent == 0 ? String(mantissa) : "\(mantissa)e\(exponent)"
  }

  private static func binaryText(_ units: Int128) -> String {
    var mantissa = units
    var power = 0
    while mantissa % 1024 == 0, power < 6 {
      mantissa /= 1024
      power += 1
    }
    return String(mantissa) + ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][power]
  }

  private static func decimalSuffix(_ exponent: Int) -> String {
    switch exponent {
    case -9: "n"
    case -6: "u"
    case -3: "m"
    case 3: "k"
    case 6: "M"
    case 9: "G"
    case 12: "T"
    case 15: "P"
    case 18: "E"
    default: ""
    }
  }
}
