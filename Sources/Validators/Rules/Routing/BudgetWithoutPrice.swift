import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let budgetWithoutPrice = Rule(
    7020, "budget-without-price", .error, concludesFromAbsence: true,
    summary: "a key has a budget and may use a model whose price is not known in that currency",
    rationale: """
      A budget is counted by the prices of the models: what a model without a price takes is free, so that the key may
      spend any amount on it. A price in another currency is as good as none, for nobody exchanges it. The price stands at
      the model or at the target, as the provider's price list has it, for a million tokens.
      """,
    examples: [
      .flagged(
        """
        auth:
          masterKey: { secret: master-key }
          keys:
            ci-bot: { key: { secret: openai-key }, ⟦budget⟧: { limit: 50 USD, period: 30d } }

        """, base: .sluice),
      .flagged(
        """
        auth:
          masterKey: { secret: master-key }
          keys:
            ci-bot: { key: { secret: openai-key }, models: [gpt-4o-mini], budget: { limit: 50 EUR, period: 30d } }
        models:
          gpt-4o-mini:
            targets: [{ provider: openai, model: gpt-4o-mini }]
            price: { input: ⟦0.15 USD⟧, output: 0.60 USD }

        """, base: .sluice),
      .allowed(
        """
        auth:
          masterKey: { secret: master-key }
          keys:
            ci-bot: { key: { secret: openai-key }, models: [gpt-4o-mini], budget: { limit: 50 USD, period: 30d } }
        models:
          gpt-4o-mini:
            targets: [{ provider: openai, model: gpt-4o-mini }]
            price: { input: 0.15 USD, cachedInput: 0.075 USD, output: 0.60 USD }
          gpt-4o: { targets: [{ provider: openai, model: gpt-4o }] }

        """, base: .sluice),
    ]
  ) { context, findings in
    guard context.knownEngine == .sluice, !context.spec.models.isInvalid else { return }
    for key in context.spec.auth.value.keys.value {
      guard let budget = key.value.budget, let limit = budget.known?.limit.known,
        key.value.models?.isInvalid != true
      else { continue }
      let usable = context.spec.models.value.filter { model in
        key.value.models?.value.contains { $0.value == model.name.value } ?? true
      }
      for model in usable {
        guard let lack = PriceLack(model.value, in: limit.currency) else { continue }
        switch lack {
        case .none:
          findings.add(
            "the budget of `\(key.name.value)` does not count `\(model.name.value)`, which has no price",
            at: budget.keySpan, label: "counts by prices",
            related: [Diagnostic.Label(model.name.span, "no price here or at its targets")],
            help: ["add `price: { input: …, output: … }` to the model, for a million tokens"])
        case .otherCurrency(let amount):
          findings.add(
            "the budget of `\(key.name.value)` is in \(limit.currency) and a price of `\(model.name.value)` in "
              + amount.value.currency,
            at: amount.span, label: "another currency",
            related: [Diagnostic.Label(budget.keySpan, "counts in \(limit.currency)")],
            help: ["write prices and budgets in one currency"])
        }
        break
      }
    }
  }
}

/// Why a model cannot be counted in a currency.
private enum PriceLack {
  case none
  case otherCurrency(Setting<Money>)

  /// `nil` if every target can be counted, or if that could not be read.
  init?(_ model: ModelSection, in currency: String) {
    for target in model.targets.value where !target.isInvalid {
      guard let price = target.value.price ?? model.price else {
        self = .none
        return
      }
      guard !price.isInvalid else { continue }
      if let other = price.value.amounts.first(where: { !$0.amount.isInvalid && $0.amount.value.currency != currency })
      {
        self = .otherCurrency(other.amount)
        return
      }
    }
    return nil
  }
}
