import VaultPolicy

/// A decision and its reasons as text.
struct DecisionReport {
  let request: AccessRequest
  let explanation: Explanation
  let acl: ACL
  let set: PolicySet

  private var decision: Decision { explanation.decision }

  var text: String {
    var text = "\(decision.isAllowed ? "yes" : "no"): `\(request.operation.rawValue)` of `\(request.path)`, \(reason)\n"
    if let rule = decision.rule { text += entry("decides", rule) }
    for loser in explanation.losers { text += entry("loses", loser.rule, Self.words(loser.reason)) }
    if let path = versionTwoPath {
      text += "\n  = help: `\(path)` is allowed; version 2 of the key/value engine wants that form\n"
    } else if !decision.isAllowed, request.path.hasPrefix("v1/") {
      text += "\n  = help: write the path without `v1/`, which is no part of it in a policy\n"
    }
    if acl.options.includesDefaultPolicy {
      text += "\n  = note: the policy `default` is counted; --no-default-policy leaves it out\n"
    }
    return text
  }

  private var reason: String {
    switch decision.denial {
    case nil: decision.rule == nil ? "which needs no rule" : "which the deciding rule grants"
    case .noMatchingRule: "for no rule matches, and without a rule nothing is allowed"
    case .explicitDeny: "for the deciding rule denies"
    case .missingCapability(let capability): "for the deciding rule does not grant `\(capability.name)`"
    case .wrapping(let minimum, let maximum): "for the answer must be wrapped \(Self.limits(minimum, maximum))"
    case .missingParameter(let name): "for the deciding rule requires the parameter `\(name)`"
    case .deniedParameter(let name): "for the deciding rule denies the parameter `\(name)`, or this value of it"
    case .parameterNotAllowed(let name):
      "for the deciding rule does not allow the parameter `\(name)`, or this value of it"
    }
  }

  /// A rule, why it lost if it did, and the places that it was merged from.
  private func entry(_ role: String, _ rule: EffectiveRule, _ why: String? = nil) -> String {
    var text = "\n  \(role)  \(rule.summary)\n"
    if let why { text += "    \(why)\n" }
    for contributor in rule.contributors { text += "    --> \(set.place(of: contributor.rule))\n" }
    return text
  }

  /// The path with the part of version 2 behind its mount, if that alone was missing.
  private var versionTwoPath: String? {
    guard case .noMatchingRule? = decision.denial, let slash = request.path.firstIndex(of: "/") else { return nil }
    var other = request
    let part = request.operation == .list ? KVPath.Part.metadata : .data
    other.path = "\(request.path[..<slash])/\(part.rawValue)\(request.path[slash...])"
    return acl.decide(other).isAllowed ? other.path : nil
  }

  private static func limits(_ minimum: Duration, _ maximum: Duration) -> String {
    var limits: [String] = []
    if minimum > .zero { limits.append("for at least \(VaultDuration.text(minimum))") }
    if maximum > .zero { limits.append("for at most \(VaultDuration.text(maximum))") }
    return limits.joined(separator: " and ")
  }

  /// Why a rule lost. Each speaks about the loser.
  private static func words(_ reason: Explanation.LossReason) -> String {
    switch reason {
    case .lessSpecific(.exactMatch): "the deciding rule is for exactly this path"
    case .lessSpecific(.firstWildcard): "its first wildcard comes earlier"
    case .lessSpecific(.noGlob): "it ends in `*`, and the deciding rule does not"
    case .lessSpecific(.fewerWildcards): "it has more `+` segments"
    case .lessSpecific(.longer): "it is shorter"
    case .lessSpecific(.lexicographic): "it comes first in the order of bytes, and the last one wins"
    case .otherListForm: "these servers ask about the other form of the path first, with or without the final `/`"
    case .saysNothingAboutList: "it says nothing about `list`"
    case .caseVariantOfDeny: "it differs only in case from the rule that denies"
    }
  }
}
