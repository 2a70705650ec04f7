import SourceDiagnostics
import Testing

/// What stands under the source, case by case. Each expected text was read by a person.
@Suite struct ExcerptTests {
  @Test func oneLabelOnOneLine() {
    #expect(
      report("a: 1\nport: ⟦eighty⟧\n", "not a number") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:2:7
          |
        2 | port: eighty
          |       ^^^^^^ not a number

        """#)
  }

  @Test func labelsOnOneLineHangFromRightToLeft() {
    #expect(
      report("    readiness: { ⟦path⟧: ⟦/ready⟧, period: ⟦5s⟧ }\n", "first", "second", "third") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:18
          |
        1 |     readiness: { path: /ready, period: 5s }
          |                  ^^^^  ------          -- third
          |                  |     |
          |                  |     second
          |                  first

        """#)
  }

  @Test func labelsThatCoverEachOtherPointDownFromTheOuterOne() {
    #expect(
      report("probe: ⟦{ path: ⟦⟦/ready⟧⟧ }⟧\n", "whole", "inner", "inner again") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:8
          |
        1 | probe: { path: /ready }
          |        ^^^^^^^^^^^^^^^^ whole
          |                |
          |                inner
          |                inner again

        """#)
  }

  @Test func theSamePlaceMayBeLabelledTwice() {
    #expect(
      report("⟦⟦port⟧⟧: 1\n", "one", "two") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:1
          |
        1 | port: 1
          | ^^^^ one
          | |
          | two

        """#)
  }

  @Test func anEmptyLabelOnlyUnderlines() {
    #expect(
      report("⟦a⟧: ⟦b⟧\n", "", "") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:1
          |
        1 | a: b
          | ^  -

        """#)
  }

  @Test func linesBetweenAreLeftOutUnlessThereIsOnlyOne() {
    #expect(
      report("⟦a⟧: 1\nb: 2\n⟦c⟧: 3\nd: 4\ne: 5\n⟦f⟧: 6\n7\n8\n9\n⟦ten⟧: 10\n", "", "c", "f", "ten") == #"""
        error[GW4001]: it is wrong
          --> a.yaml:1:1
           |
         1 | a: 1
           | ^
         2 | b: 2
         3 | c: 3
           | - c
        ...
         6 | f: 6
           | - f
        ...
        10 | ten: 10
           | --- ten

        """#)
  }

  @Test func aPlaceOverSeveralLinesHasABar() {
    #expect(
      report("a:\n  ⟦b: 1\n  c: 2⟧\nd: 3\n", "both") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:2:3
          |
        2 | /   b: 1
        3 | |   c: 2
          | |______^ both

        """#)
  }

  @Test func aPlaceThatBeginsInsideItsLineIsLedInto() {
    #expect(
      report("a: ⟦[1,\n  2,\n  3⟧]\n", "not closed") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:4
          |
        1 |   a: [1,
          |  ____^
        2 | |   2,
        3 | |   3]
          | |___^ not closed

        """#)
  }

  @Test func theMiddleOfALongPlaceIsLeftOut() {
    #expect(
      report("⟦" + (1...20).map { "line\($0)\n" }.joined() + "⟧end\n", "all of it") == #"""
        error[GW4001]: it is wrong
          --> a.yaml:1:1
           |
         1 | / line1
         2 | | line2
         3 | | line3
        ...  |
        19 | | line19
        20 | | line20
           | |______^ all of it

        """#)
  }

  @Test func barsNestAndCross() {
    #expect(
      report("⟦a:\n  b: ⟦{\n    c: 1 }\n  d: ⟦2⟧⟧\n  e: 3⟧\n", "outer", "inner", "two") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:1
          |
        1 | /  a:
        2 | |    b: {
          | | ______-
        3 | ||     c: 1 }
        4 | ||   d: 2
          | ||      - two
          | ||______- inner
        5 | |    e: 3
          | |_______^ outer

        """#)
  }

  @Test func oneEndsWhereAnotherBegins() {
    #expect(
      report("⟦a: [\n  1 ]⟧ ⟦[\n  2 ]⟧\n", "one", "two") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:1
          |
        1 | /  a: [
        2 | |    1 ] [
          | |______^ one
          |   _______-
        3 |  |   2 ]
          |  |_____- two

        """#)
  }

  @Test func aPointLiesBetweenTwoCharacters() {
    #expect(
      report("a: ⟦⟧{\n", "a blank is missing") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:4
          |
        1 | a: {
          |    ^ a blank is missing

        """#)
  }

  @Test func theEndOfAFileThatEndsWithALineBreak() {
    #expect(
      report("a: {\n⟦⟧", "expected `}`") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:2:1
          |
        1 | a: {
        2 |
          | ^ expected `}`

        """#)
  }

  @Test func theEndOfAFileThatDoesNot() {
    #expect(
      report("a: {⟦⟧", "expected `}`") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:5
          |
        1 | a: {
          |     ^ expected `}`

        """#)
  }

  @Test func anEmptyFileHasALine() {
    #expect(
      report("⟦⟧", "nothing here") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:1
          |
        1 |
          | ^ nothing here

        """#)
  }

  @Test func aPlaceThatIsALineBreakStandsBehindTheLine() {
    #expect(
      report("key:⟦\n⟧b: 1\n", "no value") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:5
          |
        1 | key:
          |     ^ no value

        """#)
  }

  @Test func aPlaceThatEndsWithALineBreakEndsBeforeIt() {
    #expect(
      report("⟦key: 1\n⟧b: 1\n", "this line") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:1
          |
        1 | key: 1
          | ^^^^^^ this line

        """#)
  }

  @Test func everyKindOfLineBreakCounts() {
    #expect(
      report("a: 1\r\nb: ⟦2\r\n⟧c: 3\rd: ⟦4⟧\r\n", "two", "four") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:2:4
          |
        2 | b: 2
          |    ^ two
        3 | c: 3
        4 | d: 4
          |    - four

        """#)
  }

  @Test func wideCharactersTakeTwoColumnsAndMarksNone() {
    #expect(
      report("name: ⟦日本語⟧ ⟦and⟧ 👩‍👩‍👧 ⟦é⟧ e\u{301}e\u{301} ⟦end⟧ ☁\u{FE0F} 🇩🇪 ⟦한⟧\n", "wide", "and", "é", "end", "hangul")
        == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:7
          |
        1 | name: 日本語 and 👩👩👧 é éé end ☁ 🇩🇪 한
          |       ^^^^^^ ---        -    ---      -- hangul
          |       |      |          |    |
          |       |      |          |    end
          |       |      |          é
          |       |      and
          |       wide

        """#)
  }

  @Test func tabsReachToTheNextStop() {
    #expect(
      report("\ta:\t⟦b⟧\tc\t⟦\t⟧|⟦d⟧\n", "b", "a tab", "d") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:5
          |
        1 |     a:  b   c       |d
          |         ^       ---- - d
          |         |       |
          |         |       a tab
          |         b

        """#)
  }

  @Test func controlCharactersAndHiddenOnesAreShown() {
    #expect(
      report(
        "a: ⟦\u{1B}[31m⟧\u{0}\u{7F} ⟦\u{202E}⟧x\u{200B}\u{9B}\u{200D} ⟦y⟧\n", "escape", "turns", "y",
        headline: "line\nbreak \u{1B}[0m") == #"""
          error[GW4001]: line␊break ␛[0m
           --> a.yaml:1:4
            |
          1 | a: ␛[31m␀␡ <U+202E>x<U+200B><U+009B><U+200D> y
            |    ^^^^^   --------                          - y
            |    |       |
            |    |       turns
            |    escape

          """#)
  }

  @Test func asciiSpellsOutTheRest() {
    #expect(
      report("é: ⟦日⟧ \u{1B} ⟦x⟧\n", "wide é", "x", characters: .ascii) == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:4
          |
        1 | <U+00E9>: <U+65E5> <U+001B> x
          |           ^^^^^^^^          - x
          |           |
          |           wide <U+00E9>

        """#)
  }

  @Test func aByteOrderMarkTakesNoColumn() {
    #expect(
      report("\u{FEFF}⟦key⟧: 1\n", "here") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:1
          |
        1 | key: 1
          | ^^^ here

        """#)
  }

  @Test func aLongLineIsCutAroundItsPlace() {
    #expect(
      report(longLine, "this one") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:891
          |
        1 | …lue49, "key50": value, "key51": value51, "key52": value52, "key53": value5…
          |                  ^^^^^ this one

        """#)
  }

  @Test func aLongLineShowsEveryPlace() {
    #expect(
      report(longLineOfThree, "near the end", "near the start", "in the middle") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:35
          |
        1 | …v, key3: three, key4: v… key500: half, key501:…key9000: most, key9001: v, …
          |           ^^^^^                   ----                   ---- in the middle
          |           |                       |
          |           |                       near the start
          |           near the end

        """#)
  }

  @Test func aLongPlaceIsCutInItsMiddle() {
    #expect(
      report("key: ⟦" + (1...60).map { "\($0)," }.joined() + "⟧ end\n", "all of this") == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:6
          |
        1 | key: 1,2,3,4,5,6,7,8,9,10,11,12,…52,53,54,55,56,57,58,59,60, end
          |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ all of this

        """#)
  }

  @Test func aLabelWithoutRoomOnTheRightMovesLeft() {
    #expect(
      report("⟦k⟧: " + String(repeating: "x", count: 62) + " ⟦bad⟧\n", "key", "a label that does not fit here at all")
        == #"""
        error[GW4001]: it is wrong
         --> a.yaml:1:1
          |
        1 | k: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx bad
          | ^                                                                 ---
          | |                                                                 |
          | |                                      a label that does not fit here at all
          | key

        """#)
  }

  @Test func aLongLabelIsBroken() {
    #expect(
      report(
        "⟦key⟧: ⟦value⟧\n", "the first of two labels, which is far too long for one line of a terminal",
        "the second of two labels, which is as long as the first and must be broken too") == #"""
          error[GW4001]: it is wrong
           --> a.yaml:1:1
            |
          1 | key: value
            | ^^^  ----- the second of two labels, which is as long as the first and must
            | |          be broken too
            | the first of two labels, which is far too long for one line of a terminal

          """#)
  }

  @Test func aLongHeadlineIsBroken() {
    #expect(
      report(
        "⟦a⟧\n", "",
        headline:
          "secret `openai` is read by login `gateway`, whose policies do not grant `read` on `kv/data/llm/openai`")
          == #"""
          error[GW4001]: secret `openai` is read by login `gateway`, whose policies do not
                         grant `read` on `kv/data/llm/openai`
           --> a.yaml:1:1
            |
          1 | a
            | ^

          """#)
  }
}

private let longLine =
  "{" + (0..<99).map { "\"key\($0)\": \($0 == 50 ? "⟦value⟧" : "value\($0)")" }.joined(separator: ", ") + "}"
private let longLineOfThree =
  "{"
  + (0..<9999).map { "key\($0): \([3: "⟦three⟧", 500: "⟦half⟧", 9000: "⟦most⟧"][$0] ?? "v")" }.joined(separator: ", ")
  + "}"
