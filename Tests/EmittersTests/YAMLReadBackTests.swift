import Emitters
import Foundation
import Testing

/// What is written means the same to a reader that knows nothing of the writer: PyYAML, YAML 1.1, in Python and in C.
@Suite struct `YAML read back` {
  @Test func `random trees come back with their types and values`() throws {
    var generator = SeededGenerator(state: 20_261_123)
    let files = (0..<1500).map { _ in
      (0..<Int.random(in: 1...3, using: &generator)).map { _ in generator.value(depth: 5) }
    }
    let texts = files.map { YAMLWriter.write($0, header: ["header"]).text }
    let wanted = files.map { "[" + $0.map(Self.canonical).joined(separator: ",") + "]" }
    guard let answers = try Self.readByPython(texts) else {
      print("SKIPPED: python3 with PyYAML is missing, so the YAML writer was NOT checked against a reader")
      return
    }
    #expect(answers.count == files.count)
    for (index, answer) in answers.enumerated() where answer != wanted[index] {
      Issue.record("wrote\n\(texts[index])\nread \(answer)\nmeant \(wanted[index])")
      return
    }
  }

  private static func canonical(_ value: YAMLValue) -> String {
    switch value.content {
    case .string(let text): canonical(text)
    case .integer(let number): "i\(number)"
    case .number(let text): "f\(text)"
    case .boolean(let flag): flag ? "b1" : "b0"
    case .null: "n"
    case .sequence(let elements): "[" + elements.map(canonical).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{" + entries.map { canonical($0.key) + "=" + canonical($0.value) }.joined(separator: ",") + "}"
    }
  }

  private static func canonical(_ text: String) -> String {
    "s" + text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static let script = """
    import json, sys, yaml
    def canonical(v):
        if v is None: return "n"
        if v is True: return "b1"
        if v is False: return "b0"
        if type(v) is int: return "i%d" % v
        if type(v) is float: return "f%r" % v
        if type(v) is str: return "s" + v.encode("utf-8", "surrogatepass").hex()
        if type(v) is list: return "[" + ",".join(map(canonical, v)) + "]"
        if type(v) is dict: return "{" + ",".join(canonical(k) + "=" + canonical(w) for k, w in v.items()) + "}"
        return "?" + repr(v)
    def read(text):
        answers = set()
        for loader in {yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)}:
            try: answers.add("[" + ",".join(map(canonical, yaml.load_all(text, loader))) + "]")
            except Exception as e: answers.add(loader.__name__ + ": " + str(e))
        return " or ".join(sorted(answers))
    json.dump([read(t) for t in json.load(open(sys.argv[1], encoding="utf-8"))], open(sys.argv[2], "w"))
    """

  /// The canonical form of each text as Python reads it, or `nil` if there is no Python with PyYAML.
  private static func readByPython(_ texts: [String]) throws -> [String]? {
    guard try python(["-c", "import yaml"]) == 0 else { return nil }
    let folder = FileManager.default.temporaryDirectory.appending(path: "emitters-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "input.json")
    let output = folder.appending(path: "output.json")
    try JSONEncoder().encode(texts).write(to: input)
    #expect(try python(["-c", script, input.path, output.path]) == 0)
    return try JSONDecoder().decode([String].self, from: Data(contentsOf: output))
  }

  private static func python(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
