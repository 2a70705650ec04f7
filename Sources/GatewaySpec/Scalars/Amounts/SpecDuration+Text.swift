extension SpecDuration {
  /// Days, hours, minutes, seconds and milliseconds, those that are not zero: "1d12h". Prometheus reads it as it is.
  public var description: String { text([.day, .hour, .minute, .second, .millisecond]) }

  /// The text for Prometheus, which knows days and has no decimals.
  public var prometheusText: String { description }

  /// The text as Go's `Duration.String` has it, such as "1h30m0s" or "1.5s": what the Kubernetes API hands back for a
  /// `metav1.Duration`, so that a comparison with the running object shows no difference.
  public var goText: String {
    let (minutes, rest) = milliseconds.quotientAndRemainder(dividingBy: 60_000)
    guard milliseconds >= 1000 else { return milliseconds == 0 ? "0s" : "\(milliseconds)ms" }
    var text = ""
    if minutes >= 60 { text += "\(minutes / 60)h" }
    if minutes > 0 { text += "\(minutes % 60)m" }
    return text + decimalSeconds(rest) + "s"
  }

  private func decimalSeconds(_ milliseconds: Int64) -> String {
    let whole = String(milliseconds / 1000)
    let fraction = milliseconds % 1000
    guard fraction > 0 else { return whole }
    var digits = String(String(1000 + fraction).dropFirst())
    while digits.last == "0" { digits.removeLast() }
    return whole + "." + digits
  }

  /// The text for the Gateway API, whose durations are `([0-9]{1,5}(h|m|s|ms)){1,4}` (GEP-2257); nil above 99999 hours.
  public var gatewayAPIText: String? {
    milliseconds < 100_000 * Unit.hour.milliseconds ? text([.hour, .minute, .second, .millisecond]) : nil
  }

  /// The parts in some units, the largest first, without those that are zero.
  private func text(_ units: [Unit]) -> String {
    guard milliseconds > 0 else { return "0s" }
    var text = ""
    var rest = milliseconds
    for unit in units {
      let (count, remainder) = rest.quotientAndRemainder(dividingBy: unit.milliseconds)
      if count > 0 { text += String(count) + unit.symbol }
      rest = remainder
    }
    return text
  }
}
