import Emitters
import GatewaySpec
import SourceDiagnostics

extension ManifestContext {
  /// A user and group that no image gives a meaning, above 10,000 as scanners ask (Kube-score, Trivy KSV-0020).
  private static let userID = 65532

  /// The security context of a pod under the Pod Security Standard `restricted`.
  var podSecurityContext: YAMLValue {
    [
      "runAsNonRoot": true,
      "runAsUser": .integer(Self.userID),
      "runAsGroup": .integer(Self.userID),
      "fsGroup": .integer(Self.userID),
      "fsGroupChangePolicy": "OnRootMismatch",
      "seccompProfile": ["type": "RuntimeDefault"],
    ]
  }

  /// The security context of a container under the same standard, with a read-only root file system on top.
  var containerSecurityContext: YAMLValue {
    [
      "allowPrivilegeEscalation": false,
      "privileged": false,
      "readOnlyRootFilesystem": true,
      "runAsNonRoot": true,
      "runAsUser": .integer(Self.userID),
      "runAsGroup": .integer(Self.userID),
      "capabilities": ["drop": ["ALL"]],
      "seccompProfile": ["type": "RuntimeDefault"],
    ]
  }

  /// The image: the written one, else the engine's own of that version.
  var image: YAMLValue {
    let engine = spec.engine.value
    return engine.image?.yaml
      ?? .string("\(engine.descriptor.imageRepository):v\(engine.version.value)").from(engine.version.span)
  }

  /// The Secrets that open the image's registry.
  var imagePullSecrets: YAMLValue? {
    guard let secrets = spec.engine.value.imagePullSecrets else { return nil }
    return YAMLValue.sequence(secrets.value.map { ["name": $0.yaml] }).from(secrets.keySpan)
  }

  /// Requests and limits of the container.
  var resources: YAMLValue {
    let resources = spec.effectiveResources
    func amounts(_ side: KeyPath<EffectiveResources.Amounts, Setting<Quantity>>) -> YAMLValue {
      [
        "cpu": resources.cpu[keyPath: side].yaml,
        "memory": resources.memory[keyPath: side].yaml,
        "ephemeral-storage": resources.ephemeralStorage[keyPath: side].yaml,
      ]
    }
    let parts: YAMLValue = [
      "requests": amounts(\.request).from(spec.resources.value.requests.keySpan),
      "limits": amounts(\.limit).from(spec.resources.value.limits.keySpan),
    ]
    return parts.from(spec.resources.keySpan)
  }

  /// Host names of the cluster's own services are found on the first try, and those of providers without five wrong ones.
  var dnsConfig: YAMLValue { ["options": [["name": "ndots", "value": "2"]]] }

  /// The folders of the container.
  var volumeMounts: YAMLValue {
    var mounts: [YAMLValue] = [
      ["name": "tmp", "mountPath": "/tmp"],
      [
        "name": "configuration",
        "mountPath": .string(ContainerLayout.configurationFolder(of: spec.engine.value.type.value)),
        "readOnly": true,
      ],
    ]
    for (name, folder) in [("secrets", secretFilesOrigin), ("vault-login", vaultLoginOrigin)] {
      guard let origin = folder else { continue }
      let path = name == "secrets" ? ContainerLayout.secretsFolder : ContainerLayout.vaultLoginFolder
      let mount: YAMLValue = ["name": .string(name), "mountPath": .string(path), "readOnly": true]
      mounts.append(mount.from(origin))
    }
    return .sequence(mounts)
  }

  /// What is mounted there.
  var volumes: YAMLValue {
    let storage = spec.effectiveResources.ephemeralStorage.limit
    let files = configurationFiles.map { file in
      let item: YAMLValue = ["key": .string(file.key), "path": .string(file.path)]
      return item.from(file.origin)
    }
    var volumes: [YAMLValue] = [
      ["name": "tmp", "emptyDir": ["sizeLimit": storage.yaml]],
      ["name": "configuration", "configMap": ["name": .string(configMapName), "items": .sequence(files)]],
    ]
    if let origin = secretFilesOrigin {
      let volume: YAMLValue = [
        "name": "secrets", "projected": ["defaultMode": 0o440, "sources": .sequence(secretSources)],
      ]
      volumes.append(volume.from(origin))
    }
    if let origin = vaultLoginOrigin, let login = spec.secretLogin {
      let volume: YAMLValue = [
        "name": "vault-login",
        "projected": ["defaultMode": 0o440, "sources": .sequence(vaultLoginSources(login))],
      ]
      volumes.append(volume.from(origin))
    }
    return .sequence(volumes)
  }

  private var secretFilesOrigin: SourceSpan? {
    secrets.carriage == .files && !secrets.items.isEmpty ? spec.secrets.keySpan : nil
  }

  private var vaultLoginOrigin: SourceSpan? {
    secrets.carriage == .vault ? spec.secretLogin?.name.span : nil
  }

  /// The Secrets that hold the gateway's secrets, each once, in the order of the spec.
  var secretNames: [String] {
    var seen: Set<String> = []
    return secrets.items.map(\.secretName).filter { seen.insert($0).inserted }
  }

  private var secretSources: [YAMLValue] {
    secretNames.map { ["secret": ["name": .string($0)]] }
  }

  /// What the runtime needs to log in to Vault: the token of its ServiceAccount with the audience that Vault asks for, or a
  /// credential made by hand, and the certificate authority.
  private func vaultLoginSources(_ login: NamedEntry<EntryName, VaultLogin>) -> [YAMLValue] {
    var sources: [YAMLValue] = []
    if login.value.method.value.usesServiceAccount {
      let token: YAMLValue = [
        "audience": login.value.audience?.yaml,
        "expirationSeconds": 3600,
        "path": .string(ContainerLayout.serviceAccountTokenFile),
      ]
      sources.append(["serviceAccountToken": token])
    } else if let credential = login.value.credential {
      sources.append([
        "secret": [
          "name": credential.value.name.yaml,
          "items": [["key": credential.value.key.yaml, "path": .string(ContainerLayout.credentialFile)]],
        ]
      ])
    }
    if let authority = spec.vault?.value.privateAuthority?.value {
      let items: YAMLValue = [["key": authority.key.yaml, "path": .string(ContainerLayout.certificateFile)]]
      let kind = authority.configMap == nil ? "secret" : "configMap"
      let source: YAMLValue = ["name": (authority.configMap ?? authority.secret)?.yaml, "items": items]
      sources.append(.mapping([.init(kind, source)]))
    }
    return sources
  }
}
