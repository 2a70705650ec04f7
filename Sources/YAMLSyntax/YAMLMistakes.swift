public import SourceDiagnostics

/// The kinds of mistakes that ``YAMLParser`` finds, GW0001 to GW0013. GW0014 is the decoder's.
public enum YAMLMistakes {
  /// All of them, by code.
  public static let all: [RuleDescription] = [
    syntaxError, duplicateKey, tabIndentation, aliasExpansion, nestingTooDeep, fileTooLarge, severalDocuments, notUTF8,
    unknownTag, undefinedAlias, emptyFile, complexKey, mergeKey,
  ]

  /// GW0001: libyaml cannot read a line.
  public static let syntaxError = RuleDescription(
    1, "syntax-error", .error,
    summary: "the text is not YAML",
    rationale: """
      Nothing after the mistake can be trusted to mean what it seems to mean. Sluice goes on at the next top-level key, so \
      that one run shows the mistakes of the other sections too; the section with the mistake is read as far as it goes.

      Most such mistakes are one of five: a colon without a blank behind it, a quote or a bracket that is never closed, a \
      line whose indentation fits none above, a value with `: ` in it that needs quotes, and a value that begins with a \
      character that YAML keeps for itself: `*`, `&`, `!`, `|`, `>`, `%`, `@`, a backquote, `{` or `[`. Of these `{{ … }}` \
      is the commonest, for a template looks like two mappings, the inner one being a key.
      """,
    examples: [
      .flagged("metadata:\n  namespace: ai\n  ⟦name litellm⟧\nkind: Gateway\n", base: nil),
      .flagged("server:\n  port: 4000\n   ⟦host⟧: a\nkind: Gateway\n", base: nil),
      .flagged("engine:\n  image: ⟦{{ .Values.image }}⟧\n", base: nil),
      .flagged("note: ⟦retries: 2⟧\n", base: nil),
      .flagged("note: ⟦\"⟧no end\nkind: Gateway\n", base: nil),
      .flagged("paths: [/v1, /health\n⟦kind:⟧ Gateway\n", base: nil),
      .flagged("owner: ⟦@team⟧\n", base: nil),
      .flagged("host: ⟦*.example.com⟧\n", base: nil),
      .allowed(
        "note: \"retries: 2\"\nowner: '@team'\nhost: \"*.example.com\"\nimage: '{{ .Values.image }}'\n", base: nil),
    ])

  /// GW0002: a mapping has a key twice.
  public static let duplicateKey = RuleDescription(
    2, "duplicate-key", .error,
    summary: "a mapping has the same key twice",
    rationale: """
      YAML forbids it, and yet most readers take the last value without a word, a few the first. A spec that two people \
      edited, or that was merged by hand, then deploys something other than what a reviewer read near the top.

      Sluice reads the first entry, so that what follows is checked against one meaning, and refuses the file. Keys are \
      compared after unquoting: `port` and `"port"` are the same key.
      """,
    examples: [
      .flagged("server:\n  port: 4000\n  ⟦port⟧: 8080\n", fixed: "server:\n  port: 4000\n", base: nil),
      .flagged("limits: { cpu: 1, ⟦\"cpu\"⟧: 2 }\n", fixed: "limits: { cpu: 1 }\n", base: nil),
      .allowed("requests: { cpu: 1 }\nlimits: { cpu: 1 }\n", base: nil),
    ])

  /// GW0003: a tab stands where only spaces count.
  public static let tabIndentation = RuleDescription(
    3, "tab-indentation", .error,
    summary: "a line is indented with a tab",
    rationale: """
      How wide a tab is depends on who looks, so YAML counts only spaces as indentation and gives up at the tab. An editor \
      that shows a tab as two columns makes the file look right.

      The fix writes two spaces for each leading tab of the file. It is marked unsafe because only the author knows the \
      width that was meant.
      """,
    examples: [
      .flagged("server:\n⟦\t⟧port: 4000\n", fixed: "server:\n  port: 4000\n", base: nil),
      .allowed("server:\n  port:\t4000\n", base: nil),
    ])

  /// GW0004: aliases make the document endless or huge.
  public static let aliasExpansion = RuleDescription(
    4, "alias-expansion", .error,
    summary: "an alias contains itself, or aliases multiply to more than can be read",
    rationale: """
      An alias stands for the whole value of its anchor. Ten lines in which each names the line above ten times stand for \
      a thousand million values: a file of a few hundred bytes, sent in a pull request, takes the memory of the machine \
      that checks it. An alias inside of its own anchor has no end at all.
      """,
    examples: [
      .flagged("a: &a\n  b: ⟦*a⟧\n", base: nil),
      .allowed("requests: &small { cpu: 200m }\nlimits: *small\n", base: nil),
    ])

  /// GW0005: collections within collections without end.
  public static let nestingTooDeep = RuleDescription(
    5, "nesting-too-deep", .error,
    summary: "collections are nested deeper than any spec needs",
    rationale: """
      No section of a spec is deeper than ten levels. Sixty-four and more come from a generator that lost its way or from \
      somebody who wants to exhaust the reader's stack. The rest of the section is not read.
      """,
    examples: [
      .flagged("a: " + String(repeating: "[", count: 63) + "⟦[⟧" + String(repeating: "]", count: 64) + "\n", base: nil),
      .allowed("a: [[[[[[1]]]]]]\n", base: nil),
    ])
}
