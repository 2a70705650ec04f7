import Emitters
import GatewaySpec
import SourceDiagnostics

extension ManifestKind {
  /// The Job that brings LiteLLM's tables up to date. A Job cannot be changed, so its name has a hash of what it does, and
  /// any change makes another Job. Argo CD runs it as a hook, after what it needs and before the Deployment.
  static let migrationJob = ManifestKind(single: "migration-job.yaml") { gateway in
    guard let origin = gateway.migrationOrigin else { return nil }
    let spec: YAMLValue = [
      "backoffLimit": 6,
      "activeDeadlineSeconds": 900,
      "ttlSecondsAfterFinished": 86400,
      "template": [
        "metadata": ["labels": gateway.labels(component: "migration")],
        "spec": gateway.migrationPodSpec,
      ],
    ]
    let job: YAMLValue = [
      "apiVersion": "batch/v1",
      "kind": "Job",
      "metadata": gateway.metadata(
        gateway.migrationJobName(running: spec), component: "migration",
        annotations: [
          .init("argocd.argoproj.io/hook", "Sync"),
          .init("argocd.argoproj.io/hook-delete-policy", "BeforeHookCreation"),
          .init("argocd.argoproj.io/sync-wave", "-1"),
        ] + gateway.jobExemptions),
      "spec": spec,
    ]
    return job.from(origin)
  }
}

extension ManifestContext {
  /// The setting that asks for the Job; `nil` if there is none.
  fileprivate var migrationOrigin: SourceSpan? {
    guard let migrate = spec.database?.value.migrate, migrate.value == .job, spec.engine.value.type.value == .litellm
    else { return nil }
    return migrate.span
  }

  /// The annotation of what the Job needs: Argo CD applies it and waits for it before it makes the Job.
  var neededByMigration: [YAMLValue.Entry] {
    migrationOrigin.map { [.init("argocd.argoproj.io/sync-wave", YAMLValue.string("-2").from($0))] } ?? []
  }

  fileprivate func migrationJobName(running jobSpec: YAMLValue) -> String {
    var hash = FNV1a()
    hash.combine(YAMLWriter.write([jobSpec]).text)
    return "\(name)-migrate-\(hash.hexadecimal.prefix(8))"
  }

  fileprivate var migrationPodSpec: YAMLValue {
    [
      "serviceAccountName": .string(podServiceAccount.name).from(podServiceAccount.origin),
      "automountServiceAccountToken": false,
      "enableServiceLinks": false,
      "restartPolicy": "Never",
      "priorityClassName": spec.engine.value.priorityClass?.yaml,
      "imagePullSecrets": imagePullSecrets,
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
