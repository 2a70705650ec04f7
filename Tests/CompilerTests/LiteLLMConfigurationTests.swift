import Testing

@Suite struct `LiteLLM configuration` {
  @Test func `it is what the config map holds`() throws {
    let spec = try CompiledSpec(Sample.litellm)
    let configuration = try spec("litellm/config.yaml")
    let indented = configuration.split(separator: "\n").map { "    \($0)\n" }.joined()
    #expect(try spec("kubernetes/config-map.yaml").hasSuffix("data:\n  config.yaml: |\n\(indented)"))
  }

  @Test func `only LiteLLM gets one`() throws {
    #expect(try !CompiledSpec(Sample.sluice).paths.contains("litellm/config.yaml"))
  }

  @Test func `each target is an entry, weighted where there are several`() throws {
    let configuration = try CompiledSpec(Sample.litellm)("litellm/config.yaml")
    #expect(
      configuration.contains(
        """
        model_list:
        - model_name: gpt-4o-mini
          litellm_params:
            model: openai/gpt-4o-mini
            api_key: os.environ/OPENAI_API_KEY
            weight: 9
        - model_name: gpt-4o-mini
          litellm_params:
            model: openai/qwen2.5-7b
            api_key: not-needed
            api_base: http://vllm.models.svc:8000/v1
            weight: 1
        - model_name: claude-haiku
          litellm_params:
            model: anthropic/claude-haiku-4-5
            api_key: os.environ/ANTHROPIC_API_KEY

        """))
  }

  @Test func `settings go to the section that reads them`() throws {
    let configuration = try CompiledSpec(Sample.litellm)("litellm/config.yaml")
    let sections = configuration.split(separator: "_settings:\n")
    #expect(sections.count == 4)
    #expect(sections[1].contains("  allowed_fails: 4\n"))
    #expect(sections[2].contains("  drop_params: true\n"))
    #expect(sections[3].contains("  disable_spend_logs: true\n"))
  }

  @Test(arguments: [
    ("weighted", "simple-shuffle"), ("least-busy", "least-busy"), ("latency", "latency-based-routing"),
  ])
  func `strategies have LiteLLM's names`(_ strategy: String, _ name: String) throws {
    let text = Sample.litellm.replacing("strategy: weighted", with: "strategy: \(strategy)")
    #expect(try CompiledSpec(text)("litellm/config.yaml").contains("routing_strategy: \(name)\n"))
  }

  @Test func `times are seconds, and no cooldown is said outright`() throws {
    let text = Sample.litellm.replacing("timeout: 120s, cooldown: 5s", with: "timeout: 1500ms, cooldown: 0s")
    let configuration = try CompiledSpec(text)("litellm/config.yaml")
    #expect(configuration.contains("  timeout: 1.500\n"))
    #expect(configuration.contains("  disable_cooldowns: true\n"))
    #expect(!configuration.contains("cooldown_time"))
  }

  @Test func `more fallbacks than LiteLLM tries by itself are said outright`() throws {
    let names = (1...6).map { "m\($0)" }
    let models = names.map { "  \($0): { targets: [{ provider: anthropic, model: claude-haiku-4-5 }] }\n" }.joined()
    let text = Sample.litellm
      .replacing("fallbacks: [claude-haiku]", with: "fallbacks: [\(names.joined(separator: ", "))]")
      .replacing("  claude-haiku:\n", with: models + "  claude-haiku:\n")
    #expect(try CompiledSpec(text)("litellm/config.yaml").contains("  max_fallbacks: 6\n"))
    #expect(try !CompiledSpec(Sample.litellm)("litellm/config.yaml").contains("max_fallbacks"))
  }

  @Test func `no literal of a secret and no model store is in it`() throws {
    let configuration = try CompiledSpec(Sample.litellm)("litellm/config.yaml")
    #expect(configuration.contains("master_key: os.environ/LITELLM_MASTER_KEY\n"))
    #expect(configuration.contains("database_url: os.environ/DATABASE_URL\n"))
    #expect(!configuration.contains("store_model_in_db"))
  }

  @Test func `callbacks of the spec join those of its sections`() throws {
    let text = Sample.litellm.replacing("drop_params: true", with: "callbacks: [otel, langfuse]")
    let configuration = try CompiledSpec(text)("litellm/config.yaml")
    #expect(configuration.contains("  callbacks:\n  - prometheus\n  - otel\n  - langfuse\n"))
  }
}
