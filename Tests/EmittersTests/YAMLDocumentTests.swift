import Emitters
import Testing

@Suite struct `YAML documents` {
  @Test func `a manifest reads as kubectl prints it`() {
    let secret: String? = nil
    let value: YAMLValue = [
      "kind": "Pod",
      "spec": [
        "containers": [
          ["name": "a", "args": ["--port", "8080"], "env": []],
          ["name": "b", "resources": ["limits": ["cpu": "100m"]], "x": [:]],
        ],
        "imagePullSecrets": secret.map { [["name": .string($0)]] },
      ],
    ]
    #expect(
      YAMLWriter.write([value]).text == """
        kind: Pod
        spec:
          containers:
          - name: a
            args:
            - --port
            - "8080"
            env: []
          - name: b
            resources:
              limits:
                cpu: 100m
            x: {}

        """)
  }

  @Test func `lists in lists share a line`() {
    let value: YAMLValue = [["a", ["b", "c"]], [[["d"]]], [], [:], [["k": ["e"]]], .string("x\ny\n")]
    #expect(
      YAMLWriter.write([["v": value]]).text == """
        v:
        - - a
          - - b
            - c
        - - - - d
        - []
        - {}
        - - k:
            - e
        - |
          x
          y

        """)
  }

  @Test func `documents are separated and the header stands on top`() {
    let text = YAMLWriter.write(["a", ["b": 1], ["c"], [:]], header: ["made by sluice", "", "do not edit"]).text
    #expect(text == "# made by sluice\n#\n# do not edit\na\n---\nb: 1\n---\n- c\n---\n{}\n")
  }

  @Test func `nothing gives nothing`() {
    #expect(YAMLWriter.write([]) == EmittedText(bytes: [], lineOrigins: []))
  }

  @Test func `text of several lines may be a whole document`() {
    #expect(YAMLWriter.write(["a\nb\n"]).text == "|\n  a\n  b\n")
    #expect(YAMLWriter.write([" a\nb\n"]).text == "\" a\\nb\\n\"\n")
  }

  @Test func `comments stand above what they are about`() {
    let value: YAMLValue = [
      "a": YAMLValue.integer(1).commented("one\n\n  indented"),
      "list": YAMLValue.sequence([
        YAMLValue.string("x").commented("element"),
        ["k": YAMLValue.string("v").commented("first entry\nin a list"), "l": 2],
      ]).commented("above the key"),
      "text": "a\n\n",
      "end": YAMLValue.null.commented(""),
    ]
    #expect(
      YAMLWriter.write([value.commented("document"), value["a"] ?? .null]).text == """
        # document
        # one
        #
        #   indented
        a: 1
        # above the key
        list:
        # element
        - x
        - # first entry
          # in a list
          k: v
          l: 2
        text: |+
          a

        #
        end: null
        ---
        # one
        #
        #   indented
        1

        """)
  }

  @Test func `a comment cannot break out of its line`() {
    let text = YAMLWriter.write([["a": YAMLValue.integer(1).commented("x\r\ny\rz\u{2028}u\u{85}v\u{7}w\tt")]]).text
    #expect(text == "# x\n# y\n# z\n# u\n# v\u{FFFD}w\tt\na: 1\n")
  }

  @Test func `nil elements and entries are left out`() {
    let absent: YAMLValue? = nil
    #expect(YAMLWriter.write([["a": absent, "b": [1, absent, 2], "c": nil]]).text == "b:\n- 1\n- 2\n")
  }

  @Test func `a mapping can be read and changed by key`() {
    var value: YAMLValue = ["a": 1, "b": 2]
    value["a"] = "x"
    value["c"] = .strings(["y", "z"])
    value["b"] = nil
    value["d"] = nil
    #expect(value == ["a": "x", "c": ["y", "z"]])
    #expect(value["a"] == "x" && value["b"] == nil)
    var scalar: YAMLValue = "x"
    scalar["a"] = 1
    #expect(scalar == "x")
  }
}
