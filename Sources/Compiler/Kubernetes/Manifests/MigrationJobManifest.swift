import Emitters
import GatewaySpec

extension ManifestKind {
  /// The Job that brings LiteLLM's tables up to date, once for each image: a new image makes a Job of another name, for a Job
  /// cannot be changed. Argo CD runs it as a hook.
  static let migrationJob = ManifestKind(single: "migration-job.yaml") { gateway in
    guard let database = gateway.spec.database, database.value.migrate.value == .job,
      gateway.spec.engine.value.type.value == .litellm
    else { return nil }
    let job: YAMLValue = [
      "apiVersion": "batch/v1",
      "kind": "Job",
      "metadata": gateway.metadata(
        gateway.migrationJobName, component: "migration",
        annotations: [
          .init("argocd.argoproj.io/hook", "Sync"),
          .init("argocd.argoproj.io/hook-delete-policy", "BeforeHookCreation"),
        ] + gateway.secretsInEnvironmentExemption),
      "spec": [
        "backoffLimit": 6,
        "activeDeadlineSeconds": 900,
        "ttlSecondsAfterFinished": 86400,
        "template": [
          "metadata": ["labels": gateway.labels(component: "migration")],
          "spec": gateway.migrationPodSpec,
        ],
      ],
    ]
    return job.from(database.value.migrate.span)
  }
}

extension ManifestContext {
  fileprivate var migrationJobName: String {
    var hash = FNV1a()
    if case .string(let text) = image.content { hash.combine(text) }
    return "\(name)-migrate-\(hash.hexadecimal.prefix(8))"
  }

  /// Checkov asks for files, LiteLLM reads its environment.
  fileprivate var secretsInEnvironmentExemption: [YAMLValue.Entry] {
    [.init("checkov.io/skip1", .string("CKV_K8S_35=\(engine.displayName) reads these secrets from its environment"))]
  }

  fileprivate var migrationPodSpec: YAMLValue {
    [
      "serviceAccountName": .string(podServiceAccount.name).from(podServiceAccount.origin),
      "automountServiceAccountToken": false,
      "enableServiceLinks": false,
      "restartPolicy": "Never",
      "securityContext": podSecurityContext,
      "dnsConfig": dnsConfig,
      "containers": [migrationContainer],
      "volumes": volumes,
    ]
  }

  private var migrationContainer: YAMLValue {
    let configuration =
      ContainerLayout.configurationFolder(of: spec.engine.value.type.value) + "/" + ContainerLayout.litellmFile
    let variables = engineVariables.map { entry in
      entry.key == "DISABLE_SCHEMA_UPDATE" ? YAMLValue.Entry(entry.key, "false") : entry
    }
    return [
      "name": "migrate",
      "image": image,
      "imagePullPolicy": "Always",
      "args": ["--config", .string(configuration), "--skip_server_startup"],
      "env": environment(variables),
      "resources": resources,
      "securityContext": containerSecurityContext,
      "volumeMounts": volumeMounts,
    ]
  }
}
