import SourceDiagnostics
import Testing

@Suite struct ColourPolicyTests {
  @Test(arguments: [
    (["TERM": "xterm"], true, true), (["TERM": "xterm"], false, false), ([:], true, true),
    (["TERM": "dumb"], true, false), (["NO_COLOR": "1"], true, false), (["NO_COLOR": ""], true, true),
    (["FORCE_COLOR": "1"], false, true), (["FORCE_COLOR": "0"], true, false),
    (["FORCE_COLOR": "", "TERM": "dumb"], true, false),
    (["CLICOLOR_FORCE": "1", "TERM": "dumb"], false, true), (["CLICOLOR_FORCE": "0"], false, false),
    (["CLICOLOR": "0"], true, false), (["NO_COLOR": "1", "FORCE_COLOR": "1"], true, false),
  ])
  func autoFollowsTheEnvironmentThenTheTerminal(environment: [String: String], isTerminal: Bool, expected: Bool) {
    let circumstances = ColourPolicy.Circumstances(isTerminal: isTerminal) { environment[$0] }
    #expect(ColourPolicy.auto.usesColour(circumstances) == expected)
  }

  @Test func whatTheUserAsksForBeatsTheEnvironment() {
    let plain = ColourPolicy.Circumstances(isTerminal: false) { $0 == "NO_COLOR" ? "1" : nil }
    let forced = ColourPolicy.Circumstances(isTerminal: true) { $0 == "FORCE_COLOR" ? "1" : nil }
    #expect(ColourPolicy.always.usesColour(plain))
    #expect(!ColourPolicy.never.usesColour(forced))
  }
}
