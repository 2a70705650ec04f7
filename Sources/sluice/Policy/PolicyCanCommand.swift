import ArgumentParser
import SourceDiagnostics
import VaultPolicy

/// `sluice policy can`
struct PolicyCanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "can",
    abstract: "Says whether policies allow a request, and why.",
    usage: "sluice policy can <operation> <path> --policy <file> [options]",
    discussion: """
      One rule decides: the most specific one that matches the path. What broader rules grant does not count. The \
      policies count together, as on one token, with the policy `default` as Vault ships it.

        sluice policy can read kv/data/app --policy app.hcl
        sluice policy can list kv/metadata/ --policy a.hcl --policy b.hcl
        sluice policy can update kv/data/app --policy app.hcl --data ttl=1h

      The path is that of the API without `v1/`. To write is `create` where nothing is yet and `update` elsewhere.

      Exit status: 0 yes, 1 no, 2 wrong command line, 3 a policy could not be read or has mistakes.
      """)

  @Argument(help: "read, create, update, patch, delete, list and the like.")
  var operation: String

  @Argument(help: "The path of the request.")
  var path: String

  @Option(help: ArgumentHelp("A policy of the token, repeatable; `-` is standard input.", valueName: "file"))
  var policy: [String]

  @Option(help: ArgumentHelp("A parameter of the request, repeatable.", valueName: "name=value"))
  var data: [String] = []

  @Option(help: ArgumentHelp("For how long the answer is to be wrapped, such as 90s.", valueName: "duration"))
  var wrapTTL: String?

  @Flag(help: "The token refuses the policy `default`.")
  var noDefaultPolicy = false

  @OptionGroup var servers: ProfileOption

  @OptionGroup var colour: ColourOption

  func validate() throws {
    _ = try request()
  }

  func run() throws {
    let set = try PolicySet(policy, profile: servers.profile, colour: colour.colour)
    let options = ACL.Options(profile: servers.profile, includesDefaultPolicy: !noDefaultPolicy)
    let acl = try ACL(set.policies, options: options)
    let request = try request()
    let explanation = acl.explain(request)
    try Terminal.write(DecisionReport(request: request, explanation: explanation, acl: acl, set: set).text)
    Terminal.writeError(set.describe(acl.droppedRules))
    if !explanation.decision.isAllowed { throw ExitStatus.findings }
  }

  private func request() throws -> AccessRequest {
    guard let operation = Operation(rawValue: operation) else {
      let names = Operation.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      throw ValidationError("no operation is called `\(operation)`; there are \(names)")
    }
    var request = AccessRequest(operation, String(path.drop { $0 == "/" }))
    // The server appends it before it asks the policies.
    if operation == .list, !request.path.hasSuffix("/") { request.path += "/" }
    for entry in data {
      guard let equals = entry.firstIndex(of: "="), equals > entry.startIndex else {
        throw ValidationError("`--data \(entry)` is not of the form `name=value`")
      }
      request.data[String(entry[..<equals])] = .string(String(entry[entry.index(after: equals)...]))
    }
    if let wrapTTL {
      guard let duration = VaultDuration.parse(wrapTTL) else {
        throw ValidationError("`--wrap-ttl \(wrapTTL)` is no duration such as `90s`, `15m` or `1h30m`")
      }
      request.wrapTTL = duration
    }
    return request
  }
}
