import SourceDiagnostics
import Testing
import YAMLSyntax

struct CommentTests {
  @Test func commentsAreFoundOutsideOfScalars() {
    let text = """
      # first
      a: 'b # c'   # second
      d: http://e#f  #third
      g: |  # fourth
        # not a comment
        h

      # fifth
      i: "j
        # k" #sixth
      l: [m, # seventh
        n] #
      """
    let result = parse(text)
    #expect(result.diagnostics.isEmpty)
    let comments = result.tree.comments()
    #expect(comments.map(\.text) == ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", ""])
    #expect(comments.map(\.isWholeLine) == [true, false, false, false, true, false, false, false])
    #expect(
      comments.map { result.tree.file.text(of: $0.span) }
        == ["# first", "# second", "#third", "# fourth", "# fifth", "#sixth", "# seventh", "#"])
  }

  @Test(arguments: [
    ("\u{FEFF}# a\r\nb: c # d\r\n", ["a", "d"]), ("a: |  # b\nc: d  # é\n", ["b", "é"]), ("#\n  # a  \n", ["", "a"]),
    ("a: [b # c\nd: e # f\n", ["c", "f"]), ("a#b: c#d\n", []), ("- # a\n  b: # c\n", ["a", "c"]),
    ("a: >\n  b\n\n # c\n#d\n", ["c", "d"]),
  ])
  func commentsInUnusualPlaces(_ text: String, _ expected: [String]) {
    #expect(parse(text).tree.comments().map(\.text) == expected)
  }

  @Test func aCommentOnItsOwnLineStandsAboveTheNextEntryOrElement() {
    let text = """
      # file
      a:
        # b
        b: 1 # line
        c: [2, 3]

      # list
      d:
        # first
        - e: 1
          f: 2
        - &x {g: 1}
        # alias
        - *x
      # end
      """
    let tree = parse(text).tree
    let comments = tree.commentsWithScope { _ in true }
    func below(_ index: Int) -> String? { comments[index].below.map { tree.file.text(of: $0) } }
    #expect(below(0) == "a:\n  # b\n  b: 1 # line\n  c: [2, 3]")
    #expect(below(1) == "b: 1")
    #expect(below(2) == nil)
    #expect(below(3)?.hasPrefix("d:\n") == true)
    #expect(below(4) == "e: 1\n    f: 2")
    #expect(below(6) == nil)
    #expect(comments.map(\.isBeforeContent) == [true, false, false, false, false, false, false])
    #expect(tree.commentsWithScope { $0.text == "alias" }.count == 1)
  }
}
