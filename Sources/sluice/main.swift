import ArgumentParser

// ArgumentParser's own entry point exits with 64 on a wrong command line; ours keeps to the documented codes.
await CommandLineEntry.run(Array(CommandLine.arguments.dropFirst()))
