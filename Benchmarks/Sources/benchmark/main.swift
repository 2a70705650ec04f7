import Glibc

// Two commands for `Benchmarks/run`:
//   benchmark generate LINES [environment]            a spec to standard output
//   benchmark generate MODELS models                  one with that many models and half as many secrets
//   benchmark measure SLUICE BARE-LOOP FOLDER ROUNDS  the tables; the folder holds the specs

func stop(_ message: String, status: Int32) -> Never {
  let line = message + "\n"
  _ = line.withCString { Glibc.write(STDERR_FILENO, $0, line.utf8.count) }
  exit(status)
}

let words = Array(CommandLine.arguments.dropFirst())
switch (words.first, words.count) {
case ("generate", 2...3):
  let count = Int(words[1]) ?? 0
  let generator = SpecGenerator(
    size: words.last == "models" ? .models(count) : .lines(count), hasEnvironment: words.last == "environment")
  print(generator.text, terminator: "")
case ("measure", 5):
  do throws(ProcessFailure) {
    let benchmark = Benchmark(sluice: words[1], bareLoop: words[2], folder: words[3], rounds: Int(words[4]) ?? 10)
    print(try benchmark.report(), terminator: "")
  } catch {
    stop("error: \(error.message)", status: 1)
  }
default:
  stop(
    "usage: benchmark generate LINES [environment] | generate MODELS models | measure SLUICE BARE-LOOP FOLDER ROUNDS",
    status: 2)
}
