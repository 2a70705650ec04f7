/// The files of a run as SARIF's artifacts.
struct SARIFArtifacts {
  /// The id of the folder that relative paths count from; GitHub takes it for the root of the repository.
  static let root = "%SRCROOT%"

  private let sources: SourceMap

  init(_ sources: SourceMap) {
    self.sources = sources
  }

  /// The array of all files.
  func write(_ json: inout JSONWriter) {
    json.array { json in
      for file in sources.files {
        json.newline()
        json.object { json in
          json.key("location")
          json.object { writeLocation(of: file, &$0) }
          json.key("length")
          json.number(file.bytes.count)
          json.key("sourceLanguage")
          json.string(file.name.hasSuffix(".hcl") ? "hcl" : "yaml")
          json.key("encoding")
          json.string("UTF-8")
        }
      }
      if !sources.files.isEmpty { json.closingNewline() }
    }
  }

  /// The members of an `artifactLocation`.
  func writeLocation(of file: SourceFile, _ json: inout JSONWriter) {
    let isAbsolute = file.name.hasPrefix("/")
    json.key("uri")
    json.string((isAbsolute ? "file://" : "") + Self.encoded(file.relativePath))
    if !isAbsolute {
      json.key("uriBaseId")
      json.string(Self.root)
    }
    json.key("index")
    json.number(Int(file.id.rawValue))
  }

  /// A path as part of a URI (RFC 3986): bytes that may not stand there as `%` and two digits.
  private static func encoded(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return text
  }
}
