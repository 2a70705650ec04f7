import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let databaseTLSNotVerified = Rule(
    8006, "database-tls-not-verified", .warning,
    summary: "the certificate of the database server is not checked",
    rationale: """
      libpq's `require` encrypts and asks nobody who is on the other side, so that whoever can answer for the address gets
      the password and every key that LiteLLM stores. `disable` does not even encrypt. `verify-full` checks the
      certificate and the host name (PostgreSQL documentation, libpq SSL support).
      """,
    examples: [
      .flagged(
        "database: { url: { secret: database-url }, tls: ⟦require⟧ }\n",
        fixed: "database: { url: { secret: database-url }, tls: verify-full }\n"),
      .allowed("database: { url: { secret: database-url }, tls: verify-full }\n"),
    ]
  ) { context, findings in
    guard let tls = context.spec.database?.known?.tls, let mode = tls.known, mode == .disable || mode == .require else {
      return
    }
    findings.add(
      mode == .disable
        ? "the connection to the database is not encrypted" : "the certificate of the database is not checked",
      at: tls.span, label: mode == .disable ? "plain text" : "encrypted, to whomever",
      help: ["write `verify-full`"],
      fixIts: [FixIt("write `verify-full`", .unsafe, replace: tls.span, with: "verify-full")])
  }
}
