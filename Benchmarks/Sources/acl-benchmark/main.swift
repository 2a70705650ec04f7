import Glibc
import VaultPolicy

// `acl-benchmark ROUNDS`: how long it takes to decide who may read 10,000 secrets under 1,000 rules, beside an evaluator that
// tries every rule. Prints a table in Markdown and fails if the two disagree.

/// The rules of 250 teams: each may read its keys and one database, list its folder, and one of them is denied something.
func rules(teams: Int) -> [PolicyRule] {
  (0..<teams).flatMap { team in
    [
      PolicyRule(PathPattern("litellm/data/team-\(team)/api-keys"), .read),
      PolicyRule(PathPattern("litellm/data/team-\(team)/shared/*"), .read),
      PolicyRule(PathPattern("litellm/data/+/team-\(team)/database"), .read),
      PolicyRule(PathPattern("litellm/data/team-\(team)/shared/admin/*"), team % 2 == 0 ? .deny : .read),
    ]
  }
}

/// Forty paths a team: its keys, what it shares, databases by stage, and some that no rule is about.
func paths(teams: Int) -> [String] {
  (0..<teams).flatMap { team in
    (0..<10).flatMap { item in
      [
        item == 0 ? "litellm/data/team-\(team)/api-keys" : "litellm/data/team-\(team)/api-keys-\(item)",
        "litellm/data/team-\(team)/shared/\(item)/token", "litellm/data/stage-\(item)/team-\(team)/database",
        "litellm/data/team-\(team)/shared/admin/\(item)",
      ]
    }
  }
}

/// User and system time of this process in milliseconds.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
}

/// The median of some runs in milliseconds of processor time, and what the last one gave.
func measure<Result>(_ rounds: Int, _ work: () -> Result) -> (time: Double, result: Result) {
  var result = work()
  let times = (0..<rounds).map { _ in
    let start = processorTime()
    result = work()
    return processorTime() - start
  }
  return (times.sorted()[times.count / 2], result)
}

func row(_ name: String, _ time: Double, _ reference: Double) -> String {
  let rounded = (time * 100).rounded() / 100
  return "| \(name) | \(rounded) ms | \((time / reference * 10).rounded() / 10) |"
}

let rounds = max(3, Int(CommandLine.arguments.dropFirst().first ?? "") ?? 21)
let teams = 250
let policy = Policy(name: "teams", rules: rules(teams: teams))
let requests = paths(teams: teams)

let (buildTime, made) = measure(rounds) { try? ACL([policy]) }
guard let acl = made else { exit(1) }
let (time, answers) = measure(rounds) { requests.map { acl.decide(.read, $0).isAllowed } }
let (naiveTime, naiveAnswers) = measure(3) {
  requests.map { path in
    let winner = acl.rules.lazy.filter { $0.pattern.matches(path) }.max { $0.priority < $1.priority }
    return winner.map { $0.capabilities.contains(.read) && !$0.capabilities.contains(.deny) } ?? false
  }
}

print(
  "**\(requests.count) paths under \(acl.rules.count) rules, \(answers.count { $0 }) of them allowed, median of \(rounds) rounds**\n"
)
print("| | CPU | ÷ deciding |\n|---|--:|--:|")
print(row("deciding, `ACL.decide`", time, time))
print(row("merging and indexing the rules, `ACL.init`", buildTime, time))
print(row("trying every rule", naiveTime, time))
if answers != naiveAnswers {
  print("\n**The two disagree.**")
  exit(1)
}
print("\n| goal | measured | |\n|---|---|---|")
let total = buildTime + time
print(
  "| 10,000 paths under 1,000 rules: well under 100 ms | \((total * 100).rounded() / 100) ms | \(total < 50 ? "met" : "**not met**") |"
)
