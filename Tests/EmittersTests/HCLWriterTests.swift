import Emitters
import SourceDiagnostics
import Testing

/// Every wanted text is a fixed point of `terraform fmt` 1.11.
@Suite struct `HCL writer` {
  @Test(arguments: [
    ("plain", #""plain""#), ("", #""""#), ("a \"b\" \\", #""a \"b\" \\""#), ("tab\tcr\r", #""tab\tcr\r""#),
    ("${var.x}", #""$${var.x}""#), ("%{ if }", #""%%{ if }""#), ("$${x}", #""$$${x}""#), ("$x %y {z}", #""$x %y {z}""#),
    ("$", #""$""#), ("a\nb", #""a\nb""#), ("\n", #""\n""#), ("é😀", "\"é😀\""), ("\u{1}\u{2028}", #""\u0001\u2028""#),
  ])
  func `text is quoted and its templates are escaped`(_ text: String, _ wanted: String) {
    #expect(HCLWriter.write([.attribute("k", .string(text))]).text == "k = \(wanted)\n")
  }

  @Test(arguments: [
    ("a\n", "<<-EOT\n  a\nEOT"), ("a\n\n  b\n\n", "<<-EOT\n  a\n\n    b\n\nEOT"), (" a\n", "<<EOT\n a\nEOT"),
    ("a\n \n", "<<EOT\na\n \nEOT"), ("a\n EOT \n", "<<-EOT_\n  a\n   EOT \nEOT_"),
    ("${x}\n\t%{y}\n", "<<-EOT\n  $${x}\n  \t%%{y}\nEOT"),
    ("\"\\n\"\n", "<<-EOT\n  \"\\n\"\nEOT"),
  ])
  func `whole lines become a heredoc`(_ text: String, _ wanted: String) {
    #expect(HCLWriter.write([.attribute("k", .string(text))]).text == "k = \(wanted)\n")
  }

  @Test func `a file looks as terraform fmt leaves it`() {
    let absent: String? = nil
    let body: HCLBody = [
      .block(
        "resource", "vault_mount", "kv",
        body: [
          .attribute("path", "kv"),
          .attribute("description", "x"),
          absent.map { .attribute("absent", .string($0)) },
          .attribute("options", ["version": "2", "a b": 1, "for": .null, "x": ["y": true], "zz": false]),
          .attribute("ref", .expression("vault_mount.kv.path")),
          .attribute("longer", 1).commented("starts a run"),
          .attribute("policy", "a\n"),
          .attribute("empty", []),
          .attribute("list", [["a": 1, "bb": 2], "x", ["q", 2], [:]]),
          .block("nested", body: []),
          .attribute("last", .list([.string(String(repeating: "w", count: 80))])),
        ]
      ).commented("A mount.\n\nOf secrets."),
      .block("locals", body: []),
    ]
    #expect(
      HCLWriter.write(body, header: ["made by sluice"]).text == """
        # made by sluice

        # A mount.
        #
        # Of secrets.
        resource "vault_mount" "kv" {
          path        = "kv"
          description = "x"
          options = {
            version = "2"
            "a b"   = 1
            "for"   = null
            x = {
              y = true
            }
            zz = false
          }
          ref = vault_mount.kv.path
          # starts a run
          longer = 1
          policy = <<-EOT
            a
          EOT
          empty  = []
          list = [
            {
              a  = 1
              bb = 2
            },
            "x",
            ["q", 2],
            {},
          ]

          nested {}

          last = [
            "\(String(repeating: "w", count: 80))",
          ]
        }

        locals {}

        """)
  }

  @Test func `a line belongs to the innermost item with an origin`() {
    func span(_ number: Int) -> SourceSpan { SourceSpan(file: SourceFileID(rawValue: 0), start: number, end: number) }
    let body: HCLBody = [
      .attribute("a", 1),
      .block(
        "b",
        body: [
          .attribute("c", ["d": ["e": 1]]).from(span(2)).commented("why"), .attribute("f", 2), .block("g", body: []),
        ]
      ).from(span(1)),
    ]
    let written = HCLWriter.write(body, header: ["header"])
    #expect(written.text.count { $0 == "\n" } == written.lineOrigins.count)
    #expect(
      written.lineOrigins.map { $0.map(\.start) ?? -1 } == [-1, -1, -1, -1, 1, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1])
  }
}
