import Emitters
import GatewaySpec
import SourceDiagnostics
import Validators
import VaultPolicy

extension CompilationTarget {
  /// One HCL file a policy and the script that sets Vault up.
  static let vault = CompilationTarget("vault", summary: "Vault policies in HCL and the script that sets Vault up") {
    compilation, _ in
    guard let vault = compilation.spec.vault else { return [] }
    let policies = compilation.validated.policies.map { policy in
      Artifact(
        path: "vault/\(policy.name.value.text).hcl", text: policy.emitted(header: compilation.header))
    }
    let script = VaultSetupScript(compilation, VaultPlan(compilation, vault.value)).text
    return policies + [Artifact(path: "vault/setup.sh", text: script)]
  }
}

extension LoadedPolicy {
  /// The policy in the layout of `vault policy fmt`; each line comes from the rule that it belongs to.
  fileprivate func emitted(header: String) -> EmittedText {
    var notes = [header]
    switch origin {
    case .derived: notes.append("Derived: read on exactly the paths that the spec's secrets lie at.")
    case .file(let path): notes.append("From \(path).")
    case .written, .unreadable: break
    }
    var text = LinedText()
    let head = PolicyPrinter.text(of: Policy(name: policy.name, rules: []), header: notes)
    text.append(head.dropTrailingLineFeeds)
    if policy.rules.isEmpty { return text.emitted }
    for rule in policy.rules {
      text.append("")
      text.append(PolicyPrinter.text(of: rule).dropTrailingLineFeeds, from: rule.primarySpan ?? name.span)
    }
    return text.emitted
  }
}

extension String {
  /// The text without line feeds at its end.
  fileprivate var dropTrailingLineFeeds: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
