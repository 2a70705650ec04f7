import ArgumentParser
import GatewayRuntime
import GatewaySpec
import Glibc
import Logging
import SourceDiagnostics
import Validators

/// `sluice serve`
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Runs the gateway from its spec.",
    discussion: """
      Takes the same checked spec that is compiled. Secrets come from files in --secrets (a mounted Kubernetes Secret) \
      or from environment variables, under the names that the spec gives them.

        sluice serve gateway.yaml --mock   answers itself: no key, no network
        sluice serve gateway.yaml --check  says whether it would start
        curl localhost:4000/v1/models

      SIGTERM or SIGINT drains: no more connections are taken, and requests in flight finish within \
      server.shutdownGracePeriod. A second signal stops at once. A changed spec or secret is put in place within \
      seconds, or at once on SIGHUP; one that cannot be served is logged and changes nothing.
      """)

  @Argument(help: ArgumentHelp("The spec; `-` is standard input.", valueName: "file"))
  var file: String

  @Option(name: [.customLong("env"), .customLong("environment")], help: "The environment whose overlay holds.")
  var env: String?

  @Option(help: "The address to listen on. Without it all, or only 127.0.0.1 where no master key is asked for.")
  var host: String?

  @Option(help: "The port, in place of server.port; 0 takes a free one.")
  var port: Int?

  @Option(help: "How many threads serve; without it one a core.")
  var eventLoops: Int?

  @Option(help: "A folder with one file a secret.")
  var secrets = ContainerLayout.secretsFolder

  @Flag(help: "Answer in place of every provider.")
  var mock = false

  @Flag(help: "Say whether the gateway would start, and stop.")
  var check = false

  @OptionGroup var colour: ColourOption

  func validate() throws {
    if let port, !(0...65535).contains(port) { throw ValidationError("a port lies between 0 and 65535, not \(port)") }
    if let eventLoops, !(1...1024).contains(eventLoops) {
      throw ValidationError("there are 1 to 1024 event loops, not \(eventLoops)")
    }
  }

  func run() async throws {
    let input = try SpecInput(path: file, environment: env, colour: colour.colour)
    let snapshot = try prepare(input)
    if check {
      let count = snapshot.models.models.count
      try Terminal.write("\(file): would listen on \(snapshot.listen) with \(count) model\(count == 1 ? "" : "s")\n")
      return
    }

    let format: LineLogHandler.Format = input.validated.spec.observability.value.logs.value == .json ? .json : .text
    let shown = isatty(STDERR_FILENO) == 1 ? .text : format
    let logger = Logger(label: "sluice") { _ in LineLogHandler(shown) }
    OpenFileLimit.raise()
    let signals = SignalTrap.signals()
    let server: GatewayServer
    do {
      server = try await GatewayServer.start(
        snapshot, eventLoops: eventLoops, logger: logger, accessLog: .lines(shown, descriptor: STDERR_FILENO))
    } catch {
      throw InputFailure(
        error.message,
        help: error.kind == .addressInUse ? "stop the other process, or choose a port with `--port`" : nil)
    }
    logger.info(
      "listening on http://\(server.address)", metadata: ["models": .stringConvertible(snapshot.models.models.count)])
    if case .open = snapshot.access {
      logger.warning("no master key: anybody who reaches the port may call")
    }

    let reloads = Task { await reload(server, logger) }
    defer { reloads.cancel() }
    var iterator = signals.makeAsyncIterator()
    let first = await iterator.next()
    logger.info("draining; a second signal stops at once", metadata: ["signal": .stringConvertible(Int(first ?? 0))])
    // Whoever asks twice does not want to wait for the grace period.
    let impatience = Task {
      var later = signals.makeAsyncIterator()
      if let number = await later.next() { _Exit(128 + number) }
    }
    _ = await server.shutdown()
    impatience.cancel()
  }

  /// Puts changes of the spec and of mounted secrets in place, until the task is cancelled: on SIGHUP at once, otherwise
  /// within seconds.
  private func reload(_ server: GatewayServer, _ logger: Logger) async {
    let watched = WatchedFiles(files: file == "-" ? [] : [file], folders: [secrets])
    let command = self
    let reload = ConfigurationReload(server, watched: watched, logger: logger) { () throws(ReloadFailure) in
      try command.prepareAgain()
    }
    let hangups = SignalTrap.signals([SIGHUP])
    await withTaskGroup(of: Void.self) { tasks in
      tasks.addTask { await reload.watch(every: .seconds(5)) }
      tasks.addTask { for await _ in hangups { await reload.reload(because: "SIGHUP") } }
    }
  }

  private func prepareAgain() throws(ReloadFailure) -> GatewaySnapshot {
    guard file != "-" else { throw ReloadFailure(["the spec came from standard input and cannot be read again"]) }
    let spec: (name: String, bytes: [UInt8])
    do {
      spec = try InputFile.readSpec(file)
    } catch {
      throw ReloadFailure([error.message])
    }
    var sources = SourceMap()
    let loaded = SpecLoader.load(
      bytes: spec.bytes, name: spec.name, into: &sources, files: InputFile.neighbours(of: file))
    let outcome = Validator.validate(loaded)
    guard let validated = outcome.validated(environment: env) else {
      throw ReloadFailure(outcome.diagnostics.filter { $0.severity == .error }, of: sources)
    }
    do {
      return try GatewaySnapshot.prepare(validated, options: options, secrets: source)
    } catch {
      throw ReloadFailure(error.diagnostics, of: sources)
    }
  }

  private var options: ServeOptions {
    var options = ServeOptions()
    options.host = host
    options.port = port
    options.usesMock = mock
    return options
  }

  private var source: SecretSource {
    let folder = secrets
    return SecretSource(
      readFile: { name in try? InputFile.read("\(folder)/\(name)") },
      environment: { name in getenv(name).map { String(cString: $0) } })
  }

  private func prepare(_ input: SpecInput) throws -> GatewaySnapshot {
    do {
      return try GatewaySnapshot.prepare(input.validated, options: options, secrets: source)
    } catch {
      let rendering = Terminal.rendering(to: STDERR_FILENO, colour: colour.colour)
      Terminal.writeError(TextRenderer().render(error.diagnostics, of: input.validated.sources, options: rendering))
      throw ExitStatus.inputOutput
    }
  }
}
