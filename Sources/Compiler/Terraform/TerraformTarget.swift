import Emitters
import GatewaySpec

extension CompilationTarget {
  /// The same as the script for Vault, for those who keep their Vault in Terraform.
  static let terraform = CompilationTarget(
    "terraform", summary: "Terraform for Vault: mounts, policies, auth methods and roles"
  ) { compilation, _ in
    guard let vault = compilation.spec.vault else { return [] }
    let configuration = TerraformConfiguration(VaultPlan(compilation, vault.value))
    let files = [
      ("versions.tf", configuration.versions), ("variables.tf", configuration.variables),
      ("vault.tf", configuration.resources),
    ]
    return files.compactMap { name, body in
      guard !body.items.isEmpty else { return nil }
      return Artifact(path: "terraform/\(name)", text: HCLWriter.write(body, header: [compilation.header]))
    }
  }
}
