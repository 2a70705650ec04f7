import Emitters
import GatewaySpec
import SourceDiagnostics
import Validators

extension ManifestKind {
  /// The pods of the gateway.
  static let deployment = ManifestKind(single: "deployment.yaml") { gateway in
    let engine = gateway.spec.engine
    let isAutoscaled = gateway.spec.autoscaling != nil
    let template: YAMLValue = [
      "metadata": [
        "labels": gateway.labels(component: "gateway"),
        "annotations": gateway.annotations([
          .init("sluice.dev/configuration-hash", .string(gateway.configurationHash))
        ]),
      ],
      "spec": gateway.podSpec,
    ]
    let spec: YAMLValue = [
      // The autoscaler owns the number of replicas; a number here would undo its work at each apply.
      "replicas": isAutoscaled ? nil : engine.value.replicas.yaml,
      "revisionHistoryLimit": 5,
      "progressDeadlineSeconds": gateway.progressDeadline,
      "selector": ["matchLabels": gateway.selectorLabels],
      "strategy": ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 1, "maxUnavailable": 0]],
      "template": template,
    ]
    let deployment: YAMLValue = [
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "metadata": gateway.metadata(
        gateway.name, component: "gateway", annotations: gateway.rolloutTrigger + gateway.deploymentExemptions),
      "spec": spec,
    ]
    return deployment.from(engine.keySpan)
  }
}

extension ManifestContext {
  /// Restarts the pods when a secret changes that the engine reads only when it starts. Only where something changes it: a
  /// Secret that stands outside the spec is changed by hand, and so are its pods.
  fileprivate var rolloutTrigger: [YAMLValue.Entry] {
    let secrets = spec.secrets.value
    guard secrets.delivery.value == .externalSecrets, self.secrets.carriage == .environment || !engine.reloadsSecrets
    else { return [] }
    var seen: Set<String> = []
    let names = self.secrets.items.filter { $0.entry.value.rotation.value == .automatic }
      .map(\.secretName).filter { seen.insert($0).inserted }
    if names.isEmpty { return [] }
    let value = YAMLValue.string(names.joined(separator: ",")).from(spec.secrets.keySpan)
      .commented("Reloader restarts the pods when a secret changes: the process reads it once, when it starts.")
    return [.init("secret.reloader.stakater.com/reload", value)]
  }

  /// How long a rollout may stand still. Kubernetes gives up after ten minutes, which a slow start must not use up.
  fileprivate var progressDeadline: YAMLValue {
    let startup = spec.resolvedProbes.first { $0.kind == .startup }
    let seconds = Int(startup?.budget.secondsRoundedUp ?? 0) + Self.pullSeconds
    return .integer(max(600, seconds)).from(startup?.period.span)
  }

  /// How long a node may take to get the image.
  private static let pullSeconds = 300

  fileprivate var podSpec: YAMLValue {
    let account = podServiceAccount
    let gracePeriod = spec.server.value.shutdownGracePeriod
    return [
      "serviceAccountName": .string(account.name).from(account.origin),
      "automountServiceAccountToken": false,
      "enableServiceLinks": false,
      "priorityClassName": spec.engine.value.priorityClass?.yaml,
      "imagePullSecrets": imagePullSecrets,
      "securityContext": podSecurityContext,
      "terminationGracePeriodSeconds": .integer(Int(gracePeriod.value.secondsRoundedUp) + Self.drainSeconds + 5)
        .from(gracePeriod.span),
      "dnsConfig": dnsConfig,
      "affinity": ["podAntiAffinity": ["preferredDuringSchedulingIgnoredDuringExecution": [hostAntiAffinity]]],
      "topologySpreadConstraints": [zoneSpread],
      "containers": [container],
      "volumes": volumes,
    ]
  }

  /// How long a pod that is told to stop still takes requests, until every proxy has heard of it.
  private static let drainSeconds = 5

  private var hostAntiAffinity: YAMLValue {
    [
      "weight": 100,
      "podAffinityTerm": [
        "topologyKey": "kubernetes.io/hostname",
        "labelSelector": ["matchLabels": selectorLabels],
      ],
    ]
  }

  private var zoneSpread: YAMLValue {
    [
      "maxSkew": 1,
      "topologyKey": "topology.kubernetes.io/zone",
      "whenUnsatisfiable": "ScheduleAnyway",
      "labelSelector": ["matchLabels": selectorLabels],
      "matchLabelKeys": knows(.matchLabelKeys) ? ["pod-template-hash"] : nil,
    ]
  }

  private var container: YAMLValue {
    let port: YAMLValue = [
      "name": .string(portName), "containerPort": spec.server.value.port.yaml, "protocol": "TCP",
    ]
    return [
      "name": "gateway",
      "image": image,
      "imagePullPolicy": "Always",
      "args": arguments,
      "env": environment(engineVariables),
      "ports": [port.from(spec.server.value.port.span)],
      "startupProbe": probe(.startup),
      "livenessProbe": probe(.liveness),
      "readinessProbe": probe(.readiness),
      "lifecycle": lifecycle,
      "resources": resources,
      "securityContext": containerSecurityContext,
      "volumeMounts": volumeMounts,
    ]
  }

  private var arguments: YAMLValue {
    let folder = ContainerLayout.configurationFolder(of: spec.engine.value.type.value)
    switch spec.engine.value.type.value {
    case .litellm:
      let port = spec.server.value.port
      return [
        "--config", .string("\(folder)/\(ContainerLayout.litellmFile)"),
        "--port", .string(String(port.value.number)).from(port.span),
      ]
    case .sluice:
      let environment = compilation.validated.environment
      return [
        "serve", .string("\(folder)/\(ContainerLayout.specFile)"),
        environment.map { _ in "--env" }, environment.map { .string($0) },
        "--host", "0.0.0.0",
      ]
    }
  }

  private func probe(_ kind: ProbeKind) -> YAMLValue? {
    guard let probe = spec.resolvedProbes.first(where: { $0.kind == kind }) else { return nil }
    let isOurPort = probe.port.value == spec.server.value.port.value
    let parts: YAMLValue = [
      "httpGet": [
        "path": probe.path.yaml,
        "port": isOurPort ? .string(portName).from(probe.port.span) : probe.port.yaml,
      ],
      "initialDelaySeconds": probe.initialDelay.value.milliseconds > 0 ? probe.initialDelay.wholeSeconds() : nil,
      "periodSeconds": probe.period.wholeSeconds(atLeast: 1),
      "timeoutSeconds": probe.timeout.wholeSeconds(atLeast: 1),
      "failureThreshold": probe.failureThreshold.yaml,
      "successThreshold": probe.successThreshold.yaml,
    ]
    return parts.from(probe.path.span)
  }

  /// A pause before the process is told to stop. Kubernetes waits by itself from 1.30 on; before that only the image's own
  /// `sleep` can, which LiteLLM's has and ours has not: our runtime drains by itself.
  private var lifecycle: YAMLValue? {
    let pause: YAMLValue
    if knows(.sleep) {
      pause = ["sleep": ["seconds": .integer(Self.drainSeconds)]]
    } else if spec.engine.value.type.value == .litellm {
      pause = ["exec": ["command": ["sleep", .string(String(Self.drainSeconds))]]]
    } else {
      return nil
    }
    let lifecycle: YAMLValue = ["preStop": pause]
    return lifecycle.from(spec.server.value.shutdownGracePeriod.span)
  }
}
