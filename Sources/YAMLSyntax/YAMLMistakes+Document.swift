public import SourceDiagnostics

extension YAMLMistakes {
  /// GW0006: more bytes or more nodes than the limits allow.
  public static let fileTooLarge = RuleDescription(
    6, "file-too-large", .error,
    summary: "the file is larger than any spec",
    rationale: """
      A spec of ten thousand models has about four megabytes. At 32 MiB, or four million values, Sluice stops: a wrong path \
      to a dump or a log must not fill the memory of the machine that checks it.
      """,
    examples: [.allowed("kind: Gateway\n", base: nil)])

  /// GW0007: a `---` in the middle.
  public static let severalDocuments = RuleDescription(
    7, "several-documents", .error,
    summary: "the file holds more than one YAML document",
    rationale: """
      A gateway is one document, so that everything which can be wrong between two sections is seen. Of several documents \
      only the first would be deployed, and the others would look as if they were. Environments belong under \
      `environments`, other gateways into files of their own.
      """,
    examples: [
      .flagged("kind: Gateway\n⟦---⟧\nkind: Gateway\n", base: nil),
      .allowed("---\nkind: Gateway\n", base: nil),
    ])

  /// GW0008: bytes that are no UTF-8, or characters that YAML forbids.
  public static let notUTF8 = RuleDescription(
    8, "not-utf8", .error,
    summary: "the file is not UTF-8, or holds a character that YAML does not allow",
    rationale: """
      Kubernetes, Vault and the rest read UTF-8 alone. A file that an old editor saved in Latin-1 or UTF-16 has other bytes \
      for the same letters, and a control character is invisible in review but part of a name once deployed: two names \
      that look alike are then different.
      """,
    examples: [
      .flagged("name: lite⟦\u{7}⟧llm\n", fixed: "name: litellm\n", base: nil),
      .allowed("name: café 日本 🙂\n", base: nil),
    ])

  /// GW0009: a tag that the core schema does not have.
  public static let unknownTag = RuleDescription(
    9, "unknown-tag", .error,
    summary: "a value has a tag that means nothing here",
    rationale: """
      A tag such as `!Ref` or `!vault` asks the reader to run something. CloudFormation and Ansible do; Sluice does not, \
      and a value whose tag is passed over is the text behind the tag: the literal path of a secret in place of the secret.

      The tags of YAML's core schema are known: `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!seq` and `!!map`.
      """,
    examples: [
      .flagged("apiKey: ⟦!vault⟧ litellm/api-keys\n", fixed: "apiKey: litellm/api-keys\n", base: nil),
      .allowed("version: !!str 1.10\n", base: nil),
    ])

  /// GW0010: an alias without an anchor.
  public static let undefinedAlias = RuleDescription(
    10, "undefined-alias", .error,
    summary: "an alias names an anchor that no line before it has",
    rationale: """
      `*name` stands for the value that was written behind `&name` further up in the same file. An anchor further down, or \
      in another file, does not count. A value that is meant to begin with `*`, such as a wildcard, needs quotes.
      """,
    examples: [
      .flagged("limits: ⟦*small⟧\n", base: nil),
      .flagged(
        "requests: &small { cpu: 1 }\nlimits: ⟦*smal⟧\n", fixed: "requests: &small { cpu: 1 }\nlimits: *small\n",
        base: nil),
      .allowed("requests: &small { cpu: 200m }\nlimits: *small\n", base: nil),
    ])

  /// GW0011: nothing but comments.
  public static let emptyFile = RuleDescription(
    11, "empty-file", .error,
    summary: "the file holds nothing but blanks and comments",
    rationale: """
      An empty file is most often a redirection that went wrong, or a template that rendered to nothing. Deploying \
      "nothing" would look like success.
      """,
    examples: [
      .flagged("⟦⟧# to be written\n", base: nil),
      .allowed("kind: Gateway\n", base: nil),
    ])

  /// GW0012: a list or a mapping in the place of a key.
  public static let complexKey = RuleDescription(
    12, "complex-key", .error,
    summary: "a list or a mapping stands where a key must be",
    rationale: """
      YAML allows it; no section of a spec has such keys, and JSON, into which Kubernetes turns every manifest, cannot \
      express them. It is nearly always a bracket that belongs into quotes, or a `?` at the start of a line. The entry is \
      not read.
      """,
    examples: [
      .flagged("labels:\n  ⟦[a, b]⟧: c\n", fixed: "labels:\n  \"[a, b]\": c\n", base: nil),
      .allowed("labels:\n  \"[a, b]\": c\n", base: nil),
    ])

  /// GW0013: `<<`.
  public static let mergeKey = RuleDescription(
    13, "merge-key", .error,
    summary: "`<<` is a key of YAML 1.1 that merges another mapping",
    rationale: """
      YAML 1.2 dropped merge keys, and readers disagree: some merge, some see a key that is called `<<`, and those that \
      merge disagree about which value wins. In Sluice a value that several sections share is an alias for the whole \
      section (`limits: *small`), and what differs between environments stands under `environments`, where it is merged \
      key by key. The entry is not read.
      """,
    examples: [
      .flagged("base: &base { cpu: 1 }\nlimits:\n  ⟦<<⟧: *base\n  memory: 1Gi\n", base: nil),
      .allowed("base: &base { cpu: 1 }\nlimits: *base\n", base: nil),
    ])
}
