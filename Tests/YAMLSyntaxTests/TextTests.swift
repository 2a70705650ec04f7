import Testing
import YAMLSyntax

struct TextTests {
  @Test(arguments: [
    ("'it''s'", "it's"), ("\"a\\tb\\u00e9\"", "a\tbé"), ("a\n b\n\n c", "a b\nc"), ("|\n a\n  b\n", "a\n b\n"),
    (">\n a\n b\n\n c\n", "a b\nc\n"), ("|-\n one\n", "one"), ("'ab'", "ab"), ("\"\"", ""),
    ("plain text", "plain text"),
    ("\"\\\"\"", "\""), ("\"a\\\n  b\"", "ab"), ("|2\n    a\n", "  a\n"),
  ])
  func scalarsAreUnquotedAndFolded(_ written: String, _ expected: String) throws {
    let tree = parse(written).tree
    let root = try #require(tree.root)
    #expect(tree.text(of: root) == expected)
    #expect(tree.withText(of: root) { Array($0) } == Array(expected.utf8))
  }

  @Test func textIsComparedWithoutMakingAString() throws {
    let tree = parse("{ a: 'it''s', \"b\": [], é: null }").tree
    let root = try #require(tree.root)
    let value = try #require(tree.value(of: root, forKey: "a"))
    #expect(tree.text(of: value, equals: "it's"))
    #expect(!tree.text(of: value, equals: "it'S"))
    #expect(!tree.text(of: value, equals: "it"))
    let list = try #require(tree.value(of: root, forKey: "b"))
    #expect(tree.text(of: list) == "" && !tree.text(of: list, equals: ""))
    #expect(tree.value(of: root, forKey: "é") != nil)
    #expect(tree.value(of: root, forKey: "c") == nil && tree.value(of: list, forKey: "c") == nil)
  }

  @Test(arguments: [
    ("", true), ("~", true), ("null", true), ("Null", true), ("NULL", true), ("nULL", false), ("''", false),
    ("'null'", false), ("none", false), ("!!str null", false), ("!!null x", true), ("[]", false), ("0", false),
  ])
  func nullIsPlain(_ written: String, _ isNull: Bool) throws {
    let tree = parse("a: \(written)").tree
    let value = try #require(tree.root.flatMap { tree.value(of: $0, forKey: "a") })
    #expect(tree.isNull(value) == isNull)
  }

  @Test func stylesAreKept() {
    let tree = parse("- a\n- 'a'\n- \"a\"\n- |\n  a\n- >\n  a\n").tree
    var styles: [YAMLScalarStyle] = []
    tree.visit { if tree.kind(of: $0) == .scalar { styles.append(tree.style(of: $0)) } }
    #expect(styles == [.plain, .singleQuoted, .doubleQuoted, .literal, .folded])
  }
}
