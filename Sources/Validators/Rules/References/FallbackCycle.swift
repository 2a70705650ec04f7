import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let fallbackCycle = Rule(
    2014, "fallback-cycle", .warning,
    summary: "fallbacks lead back to the model that they start from",
    rationale: """
      When every model of the circle is down, LiteLLM goes round it: each step waits for its timeouts and retries, until
      it gives up after five fallbacks, and an outage becomes a queue of requests that are minutes old. Sluice's own
      runtime asks no model twice, so that the last fallback does nothing. Let the last model of a chain have none.
      """,
    examples: [
      .flagged(
        """
        models:
          gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [gpt-4o-mini] }
          gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }], fallbacks: [⟦gpt-4o⟧] }

        """,
        fixed: """
          models:
            gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [gpt-4o-mini] }
            gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }], fallbacks: [] }

          """),
      .flagged(
        """
        models:
          gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [⟦gpt-4o⟧] }

        """),
      .allowed(
        """
        models:
          gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [gpt-4o-mini, gpt-4.1] }
          gpt-4.1: { targets: [{ provider: openai, model: gpt-4.1 }], fallbacks: [gpt-4o-mini] }
          gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }

        """),
    ]
  ) { context, findings in
    let models = context.spec.models.value
    enum Mark {
      case onPath(Int)
      case done
    }
    var marks: [ModelName: Mark] = [:]
    // Depth first without recursion, for chains may be as long as the file.
    for start in models where marks[start.name.value] == nil {
      var path = [(model: start, next: 0)]
      marks[start.name.value] = .onPath(0)
      while let (model, next) = path.last {
        let fallbacks = model.value.fallbacks.value
        guard next < fallbacks.count else {
          marks[model.name.value] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let fallback = fallbacks[next]
        switch marks[fallback.value] {
        case .done: continue
        case .onPath(let index):
          let circle = path[index...]
          let names = circle.prefix(6).map(\.model.name.value.text) + (circle.count > 6 ? ["…"] : [])
          findings.add(
            circle.count == 1
              ? "the model `\(fallback.value)` is its own fallback"
              : "the fallbacks of `\(fallback.value)` lead back to it: "
                + (names + [fallback.value.text]).joined(separator: " → "),
            at: fallback.span, label: "closes the circle", help: ["remove this fallback"],
            fixIts: context.removing(context.removal(of: fallback)))
        case nil:
          guard let model = models[fallback.value] else { continue }
          marks[fallback.value] = .onPath(path.count)
          path.append((model, 0))
        }
      }
    }
  }
}
