import Emitters
import GatewaySpec
import SourceDiagnostics
import Validators

/// A file in the folder of the configuration.
struct ConfigurationFile: Sendable {
  /// The key in the ConfigMap.
  let key: String
  /// The path in the container's folder.
  let path: String
  let content: String
  let origin: SourceSpan

  /// The files of the container's configuration. Our own runtime reads the spec as it stands, and the policy files beside it.
  static func all(_ compilation: CompilationContext) -> [ConfigurationFile] {
    if let configuration = compilation.litellmConfiguration {
      let file = ContainerLayout.litellmFile
      let origin = compilation.spec.engine.keySpan
      return [ConfigurationFile(key: file, path: file, content: configuration.text, origin: origin)]
    }
    let main = compilation.validated.file
    var keys: Set<String> = [ContainerLayout.specFile]
    var files = [
      ConfigurationFile(
        key: ContainerLayout.specFile, path: ContainerLayout.specFile,
        content: String(decoding: main.bytes, as: UTF8.self), origin: main.span)
    ]
    // Files that were read before belong to other specs of the run.
    for file in compilation.validated.sources.files where file.id > main.id {
      let name = String(file.name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" })
      var key = name
      var number = 2
      while !keys.insert(key).inserted {
        key = "\(number)-\(name)"
        number += 1
      }
      files.append(
        ConfigurationFile(
          key: key, path: file.name, content: String(decoding: file.bytes, as: UTF8.self), origin: file.span))
    }
    return files
  }

  /// A hash of files (FNV-1a, 64 bits), so that a change of them rolls the pods: neither engine reads a mounted ConfigMap
  /// again by itself.
  static func hash(of files: [ConfigurationFile]) -> String {
    var hash = FNV1a()
    for file in files {
      hash.combine(file.path)
      hash.combine(file.content)
    }
    return hash.hexadecimal
  }
}
