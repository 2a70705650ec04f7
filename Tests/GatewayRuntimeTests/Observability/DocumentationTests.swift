import Foundation
import GatewaySpec
import Testing

@testable import GatewayRuntime

@Suite struct DocumentationTests {
  @Test func `the OpenAPI document is valid and lists each endpoint once`() throws {
    let document = OpenAPIDocument(endpoints: .sluice, version: "1.2.3").text
    let object = try #require(try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
    let paths = try #require(object["paths"] as? [String: [String: [String: Any]]])
    let operations = paths.flatMap { path, methods in methods.map { ("\($0.key.uppercased()) \(path)", $0.value) } }
    #expect(Set(operations.map(\.0)) == Set(EndpointTable.sluice.endpoints.map { "\($0.method.rawValue) \($0.path)" }))
    #expect(Set(operations.compactMap { $0.1["operationId"] as? String }).count == operations.count)

    let result = try Self.validate(document)
    #expect(result.status == 0, "\(result.output)")
    let broken = try Self.validate(document.replacing(#""required":true"#, with: #""required":"yes""#))
    #expect(broken.status != 0)
  }

  @Test func `the page shows endpoints and models, and no text of the spec becomes markup`() {
    let page = DocumentationPage(endpoints: .sluice, models: ["gpt", "<script>&\""], version: "1.2.3").html
    for endpoint in EndpointTable.sluice.endpoints { #expect(page.contains("<code>\(endpoint.path)</code>")) }
    #expect(page.contains("<li><code>gpt</code></li>") && page.contains("&lt;script&gt;&amp;&quot;"))
    #expect(!page.contains("<script>") && page.contains("release 1.2.3"))
  }

  private static func validate(_ document: String) throws -> (status: Int32, output: String) {
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    let script = "import json, sys, openapi_spec_validator as v; v.validate(json.load(sys.stdin))"
    python.arguments = ["python3", "-c", script]
    let input = Pipe()
    let output = Pipe()
    python.standardInput = input
    python.standardOutput = output
    python.standardError = output
    try python.run()
    try input.fileHandleForWriting.write(contentsOf: Data(document.utf8))
    try input.fileHandleForWriting.close()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    python.waitUntilExit()
    return (python.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }
}
