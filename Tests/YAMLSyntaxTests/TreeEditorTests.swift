import Testing
import YAMLSyntax

struct TreeEditorTests {
  @Test func anEditedCopyKeepsTheIdsOfItsOriginal() throws {
    let tree = parse("a: { b: 1, c: [2, 3] }\nd: { b: 4 }\n").tree
    let root = try #require(tree.root)
    let base = try #require(tree.value(of: root, forKey: "a"))
    let overlay = try #require(tree.value(of: root, forKey: "d"))
    let list = try #require(tree.value(of: base, forKey: "c"))

    var editor = YAMLTreeEditor(tree)
    let shorter = editor.makeSequence([tree.element(of: list, at: 1)], like: list)
    let merged = editor.makeMapping(
      [tree.entry(of: overlay, at: 0), YAMLEntry(key: tree.entry(of: base, at: 1).key, value: shorter)], like: base)
    let edited = editor.finish(root: merged)

    #expect(edited.meaning() == "{b: 4, c: [3]}")
    #expect(edited.span(of: merged) == tree.span(of: base) && edited.isFlow(merged))
    #expect(edited.meaning(of: root) == tree.meaning())
    #expect(tree.meaning() == "{a: {b: 1, c: [2, 3]}, d: {b: 4}}")
    #expect(edited.comments().isEmpty)
  }

  @Test func whatWasIncompleteStaysSo() throws {
    let tree = parse("a: [1\nb: 2\n").tree
    let root = try #require(tree.root)
    var editor = YAMLTreeEditor(tree)
    let copy = editor.makeMapping([], like: root)
    let edited = editor.finish(root: copy)
    #expect(edited.isIncomplete(copy) && edited.entryCount(of: copy) == 0)
  }
}
