import Compiler
import Emitters
import SourceDiagnostics
import Testing

@Suite struct Provenance {
  @Test func `every line but headers, blanks and the script's own has a place in the spec`() throws {
    for (name, spec) in try Sample.all() {
      for artifact in spec.compilation.artifacts where artifact.path != "vault/setup.sh" {
        let lines = artifact.text.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count == artifact.text.lineOrigins.count, "\(name) \(artifact.path)")
        for (line, origin) in zip(lines, artifact.text.lineOrigins) where !line.hasPrefix("#") && !line.isEmpty {
          #expect(origin != nil, "\(name) \(artifact.path): \(line)")
        }
      }
    }
  }

  @Test(arguments: [
    ("kubernetes/deployment.yaml", "          containerPort: 4100", "4100"),
    ("kubernetes/deployment.yaml", "            memory: 2Gi", "2Gi"),
    ("kubernetes/deployment.yaml", "          periodSeconds: 30", "30s"),
    ("kubernetes/deployment.yaml", "            path: /health/liveliness", "/health/liveliness"),
    ("kubernetes/service.yaml", "    port: 4100", "4100"),
    ("kubernetes/ingress.yaml", "  - host: litellm.example.com", "litellm.example.com"),
    ("kubernetes/external-secret.yaml", "      property: openai-key", "openai-key"),
    ("kubernetes/external-secret.yaml", "      key: database", "litellm/database"),
    ("kubernetes/horizontal-pod-autoscaler.yaml", "        averageUtilization: 70", "70%"),
    ("kubernetes/namespace.yaml", "  name: ai-services", "ai-services"),
    ("litellm/config.yaml", "    weight: 9", "9"),
    ("litellm/config.yaml", "    api_base: http://vllm.models.svc:8000/v1", "\"http://vllm.models.svc:8000/v1\""),
    ("vault/eso-litellm.hcl", "path \"litellm/data/database\" {", "litellm/data/database"),
    ("vault/setup.sh", "  audience=vault \\", "vault"),
    ("terraform/vault.tf", "  token_ttl                        = 1200", "20m"),
  ])
  func `a line points at what it was made from`(_ path: String, _ line: String, _ source: String) throws {
    let spec = try CompiledSpec(Sample.litellm)
    let artifact = try #require(spec.compilation.artifact(path))
    let lines = artifact.text.text.split(separator: "\n", omittingEmptySubsequences: false)
    let index = try #require(lines.firstIndex { $0 == line }, "\(artifact.text.text)")
    let origin = try #require(artifact.text.lineOrigins[index])
    #expect(spec.text(at: origin) == source)
  }

  @Test func `the same spec gives the same bytes`() throws {
    for (first, second) in zip(try Sample.all(), try Sample.all()) {
      #expect(first.spec.compilation.artifacts == second.spec.compilation.artifacts)
      #expect(first.spec.paths == first.spec.paths.sorted())
    }
  }
}
