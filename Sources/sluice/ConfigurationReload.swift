import GatewayRuntime
import GatewaySpec
import Logging
import SourceDiagnostics

/// Puts a changed spec or changed secrets in place while the gateway runs. What cannot be served is logged and leaves the
/// old configuration in place.
actor ConfigurationReload {
  private let server: GatewayServer
  private let logger: Logger
  private let prepare: @Sendable () throws(ReloadFailure) -> GatewaySnapshot
  private var watched: WatchedFiles

  /// - Parameters:
  ///   - watched: what the configuration is made from.
  ///   - prepare: makes the configuration anew.
  init(
    _ server: GatewayServer, watched: WatchedFiles, logger: Logger,
    prepare: @escaping @Sendable () throws(ReloadFailure) -> GatewaySnapshot
  ) {
    self.server = server
    self.watched = watched
    self.logger = logger
    self.prepare = prepare
  }

  /// Looks for changes every `interval`, until the task is cancelled.
  func watch(every interval: Duration) async {
    while (try? await Task.sleep(for: interval)) != nil {
      if watched.haveChanged() { await reload(because: "a file changed") }
    }
  }

  /// Makes the configuration anew, whether or not anything has changed.
  func reload(because reason: String) async {
    do {
      let snapshot = try prepare()
      try await server.replaceSnapshot(snapshot)
      logger.notice(
        "reloaded", metadata: ["reason": "\(reason)", "models": .stringConvertible(snapshot.models.models.count)])
      if snapshot.listen.port != server.address.port, snapshot.listen.port != 0 {
        logger.warning("the port changes with the next start", metadata: ["port": "\(server.address.port)"])
      }
    } catch {
      let causes = (error as? ReloadFailure)?.reasons ?? ["\(error)"]
      for cause in causes {
        logger.error("not reloaded; the old configuration stays", metadata: ["cause": "\(cause)"])
      }
    }
  }
}

/// Why a configuration cannot be put in place, one line a reason.
struct ReloadFailure: Error {
  let reasons: [String]

  init(_ reasons: [String]) {
    self.reasons = reasons
  }

  /// Findings, one line each.
  init(_ diagnostics: [Diagnostic], of sources: SourceMap) {
    var options = RenderingOptions()
    options.showsSummary = false
    let report = ConciseRenderer().render(diagnostics, of: sources, options: options)
    reasons = report.split(separator: "\n").map(String.init)
  }
}
