import SourceDiagnostics
import Testing

/// Reports as a whole and what stands below the excerpt. Each expected text was read by a person.
@Suite struct TextRendererTests {
  @Test func aWholeReport() {
    #expect(
      Reports.gateway() == #"""
        error[GW4001]: no endpoint of litellm 1.109.1 serves `/healthz`
         --> specs/gateway.yaml:7:24
          |
        3 |   type: litellm
          |         ------- the engine is chosen here
        ...
        7 |     liveness:  { path: /healthz, period: 30s }
          |                        ^^^^^^^^ not served
          |
          = note: litellm serves `/health/liveliness`, `/health/readiness` and
                  `/health`, of which the last calls every provider
          = help: see the list:
                    - one
                    - two
          = fix: write `/health/liveliness`
          |
        7 -     liveness:  { path: /healthz, period: 30s }
        7 +     liveness:  { path: /health/liveliness, period: 30s }
          |
          = see: sluice explain GW4001

        1 error (1 fixable with `sluice lint --fix`)

        """#)
  }

  @Test func placesInOtherFilesStandInBlocksOfTheirOwn() {
    #expect(
      Reports.twoFiles() == #"""
        warning[GW3001]: not granted
          --> b␛.yaml:12:6 (in environment `staging`)
           |
        12 | key: llm
           |      ^^^ read here
           |
          ::: policies/a.hcl:1:6
           |
         1 | path "kv/*" {
           |      ------ this rule decides
         2 |   capabilities = ["list"]
           |                   ------ and grants too little
           |
           = unsafe fix: grant `read`
           |
          ::: policies/a.hcl:2:25
         2 -   capabilities = ["list"]
         2 +   capabilities = ["list", "read"]

        """#)
  }

  @Test func severalFindingsAreSetApartAndCounted() {
    #expect(
      Reports.several() == #"""
        error[GW4001]: one
         --> a.yaml:1:1
          |
        1 | a: b
          | ^  - r
          | |
          | p
          |
          = note: n
          = help: h
          = see: sluice explain GW4001

        warning[GW4001]: two
         --> a.yaml:1:4
          |
        1 | a: b
          |    ^
          |
          = fix: f
          |
        1 - a: b
        1 + a: c

        note[GW4002]: three
         --> a.yaml:1:4
          |
        1 | a: b
          |    ^
          |
          = see: sluice explain GW4002

        1 error, 1 warning, 1 note

        """#)
  }

  @Test func colourFollowsTheMeaning() {
    #expect(
      Reports.several(colour: true) == #"""
        ⟪1;31merror[GW4001]⟫⟪1m:⟫ ⟪1mone⟫
         ⟪1;94m-->⟫ a.yaml:1:1
          ⟪1;94m|⟫
        ⟪1;94m1⟫ ⟪1;94m|⟫ a: b
          ⟪1;94m|⟫ ⟪1;31m^⟫  ⟪1;94m-⟫ ⟪1;94mr⟫
          ⟪1;94m|⟫ ⟪1;31m|⟫
          ⟪1;94m|⟫ ⟪1;31mp⟫
          ⟪1;94m|⟫
          ⟪1;94m=⟫ ⟪1mnote⟫: n
          ⟪1;94m=⟫ ⟪1;36mhelp⟫: h
          ⟪1;94m=⟫ ⟪1msee⟫: sluice explain GW4001

        ⟪1;33mwarning[GW4001]⟫⟪1m:⟫ ⟪1mtwo⟫
         ⟪1;94m-->⟫ a.yaml:1:4
          ⟪1;94m|⟫
        ⟪1;94m1⟫ ⟪1;94m|⟫ a: b
          ⟪1;94m|⟫    ⟪1;33m^⟫
          ⟪1;94m|⟫
          ⟪1;94m=⟫ ⟪1;36mfix⟫: f
          ⟪1;94m|⟫
        ⟪1;94m1⟫ ⟪31m-⟫ ⟪31ma: b⟫
        ⟪1;94m1⟫ ⟪32m+⟫ ⟪32ma: c⟫

        ⟪1;36mnote[GW4002]⟫⟪1m:⟫ ⟪1mthree⟫
         ⟪1;94m-->⟫ a.yaml:1:4
          ⟪1;94m|⟫
        ⟪1;94m1⟫ ⟪1;94m|⟫ a: b
          ⟪1;94m|⟫    ⟪1;36m^⟫
          ⟪1;94m|⟫
          ⟪1;94m=⟫ ⟪1msee⟫: sluice explain GW4002

        ⟪1m1 error, 1 warning, 1 note⟫

        """#)
  }

  @Test func aFindingInNoKnownFileStillSpeaks() {
    #expect(
      Reports.unknownFile() == #"""
        error[GW4001]: lost
         --> <unknown>
          |
          = note: n
          = fix: f

        """#)
  }

  @Test func tooManyPlacesAreCounted() {
    #expect(
      Reports.manyPlaces() == #"""
        41 | line41
           | ------
           |
           = note: 19 more places
        """#)
  }

  @Test func aFixThatInsertsALineShowsTheLineBefore() {
    #expect(
      Reports.fixes("a: 1\nb: 2\n⟦⟧c: 3\n", ["new: 1\n"]) == #"""
          = fix: do it
          |
        2 | b: 2
        3 + new: 1

        """#)
  }

  @Test func aFixThatInsertsAtTheTopHasNoLineBefore() {
    #expect(
      Reports.fixes("⟦⟧a: 1\n", ["new: 1\n"]) == #"""
          = fix: do it
          |
        1 + new: 1

        """#)
  }

  @Test func aFixThatAppendsToAFileWithoutLineBreak() {
    #expect(
      Reports.fixes("a: 1⟦⟧", ["\nb: 2\n"], .unsafe) == #"""
          = unsafe fix: do it
          |
        1 | a: 1
        2 + b: 2

        """#)
  }

  @Test func aFixThatDeletesLines() {
    #expect(
      Reports.fixes("a: 1\n⟦b: 2\nc: 3\n⟧d: 4\n", [""]) == #"""
          = fix: do it
          |
        2 - b: 2
        3 - c: 3

        """#)
  }

  @Test func aFixInSeveralPlacesKeepsTheNewLineNumbers() {
    #expect(
      Reports.fixes("⟦⟧a: 1\nb: 2\nc: 3\nd: 4\ne: ⟦5⟧ ⟦6⟧\n", ["new: 1\n", "five", "six"], .displayOnly) == #"""
          = example: do it
          |
        1 + new: 1
        5 - e: 5 6
        6 + e: five six

        """#)
  }

  @Test func aFixOfALineInTheMiddleOfAReplacedBlock() {
    #expect(
      Reports.fixes("⟦a: 1\r\nb: 2\r\nc: 3⟧\r\n", ["a: 1\r\nB: 2\r\nc: 3"]) == #"""
          = fix: do it
          |
        2 - b: 2
        2 + B: 2

        """#)
  }

  @Test func aFixOfManyLinesIsCutOff() {
    #expect(
      Reports.fixes("⟦a⟧\n", [(1...30).map { "line\($0)" }.joined(separator: "\n")]) == #"""
           = fix: do it
           |
         1 - a
         1 + line1
         2 + line2
         3 + line3
         4 + line4
         5 + line5
         6 + line6
         7 + line7
         8 + line8
         9 + line9
        10 + line10
        11 + line11
        12 + line12
        13 + line13
        14 + line14
        15 + line15
        ...

        """#)
  }

  @Test func aFixOfALongLineShowsWhatChanges() {
    #expect(
      Reports.fixes(String(repeating: "ab ", count: 50) + "⟦old⟧" + String(repeating: " cd", count: 50), ["new"])
        == #"""
          = fix: do it
          |
        1 - … ab ab ab ab ab old cd cd cd cd cd cd cd cd cd cd cd cd cd cd cd cd cd cd …
        1 + … ab ab ab ab ab new cd cd cd cd cd cd cd cd cd cd cd cd cd cd cd cd cd cd …

        """#)
  }

  @Test func aFixThatShowsNoChangeHasNoLines() {
    #expect(
      Reports.fixes("a⟦\r\n⟧b", ["\n"]) == #"""
          = fix: do it

        """#)
  }
}
