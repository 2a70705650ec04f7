import GatewaySpec
import SourceDiagnostics

/// The end of the script for Vault: how the secrets get there, by hand and from files. Comments only.
enum VaultSecretAdvice {
  static func append(to script: inout LinedText, _ compilation: CompilationContext) {
    let groups = groups(of: compilation.secrets.items)
    guard !groups.isEmpty else { return }
    script.append(
      """

      # Secrets are put into Vault by hand, from files, so that no value stands in a script, in the list of processes or in
      # the history of a shell. `FIELD=@FILE` takes the file as it is, and a line end at its end becomes part of the secret;
      # this makes a file without one from a line that is typed or pasted:
      #   (umask 077; IFS= read -r value; printf %s "$value" >FILE)
      # `kv put` replaces all fields of a path; with KV version 2, `vault kv patch -mount=MOUNT PATH FIELD=@FILE` changes one.
      """)
    for group in groups {
      addDatabaseAdvice(on: group.items, to: &script, compilation)
      let target =
        "vault kv put -mount=\(Shell.quoted(group.location.mount.name.value.text)) \(Shell.quoted(group.location.key))"
      let fields = group.items.compactMap { item in item.entry.value.property.map { ($0.value.text, item) } }
      guard fields.count == group.items.count else {
        script.append(
          "#   \(target) - < \(Shell.quoted(group.items[0].entry.name.value.text + ".json"))",
          from: group.items[0].origin)
        continue
      }
      script.append("#   \(target) \\", from: group.items[0].entry.value.vault?.span ?? group.items[0].origin)
      var seen: Set<String> = []
      let unique = fields.filter { seen.insert($0.0).inserted }
      for (index, field) in unique.enumerated() {
        let end = index == unique.count - 1 ? "" : " \\"
        let word = Shell.quoted("\(field.0)=@\(field.1.entry.name.value).txt")
        script.append("#     \(word)\(end)", from: field.1.origin)
      }
    }
  }

  private typealias Group = (location: VaultLocation, items: [SecretPlan.Item])

  /// The secrets that lie at one path, which are written together.
  private static func groups(of items: [SecretPlan.Item]) -> [Group] {
    var groups: [Group] = []
    var indexByPath: [String: Int] = [:]
    for item in items {
      guard item.isPutIntoVault, let location = item.location else { continue }
      let index = indexByPath[location.apiPath] ?? groups.count
      if index == groups.count {
        indexByPath[location.apiPath] = index
        groups.append((location, []))
      }
      groups[index].items.append(item)
    }
    return groups
  }

  /// What the URL of the database must have, where it is one of these secrets.
  private static func addDatabaseAdvice(
    on items: [SecretPlan.Item], to script: inout LinedText, _ compilation: CompilationContext
  ) {
    guard compilation.spec.engine.value.type.value == .litellm, let database = compilation.spec.database?.value,
      let url = items.first(where: { $0.entry.name.value == database.url.value.secret.value })
    else { return }
    let tls = database.tls
    script.append(
      "# \(url.entry.name.value): for `tls: \(tls.value.rawValue)` the URL must end in `?\(tls.value.prismaParameters)`.",
      from: tls.span)
  }
}
