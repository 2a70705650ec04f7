public import Compiler
import Foundation

/// A folder with a compiled `vault/setup.sh` and a command `vault` that behaves as the documentation of Vault's command line
/// says: it knows what is mounted and written, refuses what Vault refuses, reads `@FILE` arguments, and writes down all calls.
///
/// `FAIL="write auth/kubernetes/config"` in the environment makes that one call fail.
public final class FakeVault {
  /// One run of the script.
  public struct Run: Sendable {
    /// How the script ended.
    public let status: Int32
    /// What it has asked of Vault, reads and lists left out, each as the words of its command line.
    public let calls: [String]
    /// What it said on standard error.
    public let error: String
  }

  private let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-vault-\(UUID().uuidString)")

  /// Writes the artifacts and the command.
  public init(_ artifacts: [Artifact]) throws {
    try ArtifactWriter().write(artifacts, to: folder.path)
    let command = folder.appending(path: "bin/vault")
    try FileManager.default.createDirectory(
      at: command.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: folder.appending(path: "state"), withIntermediateDirectories: true)
    try Data(Self.command.utf8).write(to: command)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: command.path)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file, such as one with a password; returns its absolute path.
  public func file(_ name: String, _ text: String) throws -> String {
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// Mounts a key-value engine beforehand, as somebody else may have.
  public func mount(_ path: String, version: Int) throws {
    try Data("kv \(version)\n".utf8).write(
      to: folder.appending(path: "state/secrets:" + path.replacing("/", with: ":")))
  }

  /// Runs the script from another folder, as users do.
  public func run(_ variables: [String: String] = [:]) throws -> Run {
    let log = folder.appending(path: "log")
    try Data().write(to: log)
    let shell = Process()
    shell.executableURL = folder.appending(path: "vault/setup.sh")
    shell.currentDirectoryURL = FileManager.default.temporaryDirectory
    shell.environment = ["PATH": "\(folder.path)/bin:/usr/bin:/bin", "HOME_OF_FAKE": folder.path]
      .merging(variables) { own, _ in own }
    let errors = folder.appending(path: "errors")
    try Data().write(to: errors)
    shell.standardError = try FileHandle(forWritingTo: errors)
    shell.standardOutput = FileHandle.nullDevice
    try shell.run()
    shell.waitUntilExit()
    return Run(
      status: shell.terminationStatus,
      calls: try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init),
      error: try String(contentsOf: errors, encoding: .utf8))
  }

  /// State: one file a mount (`secrets:PATH`, `auth:PATH`) and one a written path (`data:PATH`), `/` as `:`.
  private static let command = #"""
    #!/bin/sh
    set -eu
    state=$HOME_OF_FAKE/state
    fail() { echo "Error: $*" >&2; exit 2; }
    usage() { echo "usage: $*" >&2; exit 1; }
    name() { printf %s "$1" | tr / :; }
    [ -n "${VAULT_ADDR:-}" ] || usage "VAULT_ADDR is not set"
    if [ -n "${FAIL:-}" ] && [ "$1 ${2:-}" = "$FAIL" ]; then fail "told to"; fi
    call="$*"

    # The mount that a path lies in must be there.
    mounted() {
      case "$1" in
      sys/*) return 0 ;;
      auth/*) rest=${1#auth/} kind=auth ;;
      *) rest=$1 kind=secrets ;;
      esac
      while [ -n "$rest" ]; do
        [ -e "$state/$kind:$(name "$rest")" ] && return 0
        case "$rest" in */*) rest=${rest%/*} ;; *) rest= ;; esac
      done
      fail "no handler for route \"$1\""
    }

    case "$1 ${2:-}" in
    "secrets list" | "auth list")
      [ "${3:-}" = -format=json ] || usage "no table is read here"
      echo "{"
      for file in "$state/$1":*; do
        [ -e "$file" ] || continue
        path=${file#"$state/$1:"}
        echo "  \"$(printf %s "$path" | tr : /)/\": {"
        echo "    \"type\": \"$(cut -d' ' -f1 "$file")\""
        echo "  },"
      done
      echo "  \"sys/\": {}"
      echo "}"
      exit ;;
    "secrets enable" | "auth enable")
      kind=$1 path='' version=1 type=''
      shift 2
      for word; do
        case "$word" in
        -path=*) path=${word#-path=} ;;
        -version=*) version=${word#-version=} ;;
        -*) usage "unknown flag $word" ;;
        *) [ -z "$type" ] || usage "too many arguments"; type=$word ;;
        esac
      done
      case "$kind $type" in
      "secrets kv" | "secrets database" | "auth kubernetes" | "auth jwt" | "auth approle") ;;
      *) fail "plugin not found in the catalog: $type" ;;
      esac
      file="$state/$kind:$(name "$path")"
      [ -e "$file" ] && fail "path is already in use at $path/"
      echo "$type $version" >"$file" ;;
    "policy write")
      [ $# -eq 4 ] || usage "policy write NAME PATH"
      [ -e "$4" ] || fail "open $4: no such file or directory" ;;
    "read "*)
      for last; do :; done
      case "$last" in
      sys/mounts/*)
        file="$state/secrets:$(name "${last#sys/mounts/}")"
        [ -e "$file" ] || fail "no such mount"
        version=$(cut -d' ' -f2 "$file")
        if [ "$version" = 1 ]; then options=null; else options="{ \"version\": \"$version\" }"; fi
        echo "{ \"data\": { \"options\": $options, \"running_plugin_version\": \"v2.2.2\" } }" ;;
      *)
        mounted "$last"
        [ -e "$state/data:$(name "$last")" ] || fail "No value found at $last" ;;
      esac
      exit ;;
    "write "*)
      path=$2
      mounted "$path"
      shift 2
      [ $# -gt 0 ] || usage "must supply data or use -force"
      for word; do
        case "$word" in
        *=@*) [ -e "${word#*=@}" ] || fail "error reading file: ${word#*=@}" ;;
        *=*) ;;
        *) usage "format must be key=value: $word" ;;
        esac
      done
      : >"$state/data:$(name "$path")" ;;
    *) usage "vault $call" ;;
    esac
    echo "$call" >>"$HOME_OF_FAKE/log"

    """#
}
