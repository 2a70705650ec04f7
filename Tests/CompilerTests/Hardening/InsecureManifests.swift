extension ManifestSet {
  /// Manifests with every fault that the catalogue knows.
  static let insecure = ManifestSet(
    name: "insecure",
    files: [
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: insecure
        labels: { pod-security.kubernetes.io/enforce-version: v1.31 }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: insecure
        namespace: default
        labels: { app.kubernetes.io/instance: other }
        annotations: { ignore-check.kube-linter.io/read-secret-from-env-var: because }
      spec:
        replicas: 1
        selector: { matchLabels: { app: wrong } }
        strategy: { type: Recreate }
        template:
          metadata: { labels: { app: insecure, team: "-bad-" } }
          spec:
            serviceAccount: default
            hostNetwork: true
            hostPID: true
            hostIPC: true
            hostAliases: [{ ip: 127.0.0.1, hostnames: [example.com] }]
            restartPolicy: OnFailure
            securityContext:
              runAsUser: 0
              fsGroup: 0
              sysctls: [{ name: kernel.msgmax, value: "1" }]
              windowsOptions: { hostProcess: true }
              seLinuxOptions: { type: spc_t }
            topologySpreadConstraints: [{ maxSkew: 1, labelSelector: { matchLabels: { app: other } } }]
            containers:
              - name: gateway
                image: example.com:5000/gateway
                imagePullPolicy: IfNotPresent
                command: [sudo, gateway]
                ports: [{ name: SSH_, containerPort: 22, hostPort: 22 }]
                env:
                  - { name: API_TOKEN, value: abc }
                  - { name: API_TOKEN, valueFrom: { secretKeyRef: { name: missing, key: a } } }
                livenessProbe: { httpGet: { host: example.com, path: /health, port: 9999 } }
                readinessProbe: { httpGet: { path: /health, port: 9999 } }
                securityContext:
                  privileged: true
                  allowPrivilegeEscalation: true
                  procMount: Unmasked
                  capabilities: { add: [SYS_ADMIN] }
                volumeMounts: [{ name: socket, mountPath: /var/run/docker.sock }]
            volumes:
              - { name: socket, hostPath: { path: /var/run/docker.sock } }
              - { name: cloud, awsElasticBlockStore: { volumeID: v } }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: scaled, namespace: insecure }
      spec:
        replicas: 3
        template: { metadata: { labels: { app: scaled } }, spec: {} }
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: { name: scaled, namespace: insecure }
      spec: { scaleTargetRef: { kind: Deployment, name: scaled }, minReplicas: 1, maxReplicas: 1 }
      ---
      apiVersion: autoscaling/v2beta2
      kind: HorizontalPodAutoscaler
      metadata: { name: stray, namespace: insecure }
      spec: { scaleTargetRef: { kind: Deployment, name: gone }, maxReplicas: 2 }
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: { name: scaled, namespace: insecure }
      spec: { minAvailable: 100%, maxUnavailable: 0, selector: { matchLabels: { app: other } } }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: budgeted, namespace: insecure }
      spec:
        replicas: 2
        template: { metadata: { labels: { app: budgeted } }, spec: {} }
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: { name: budgeted, namespace: insecure }
      spec: { minAvailable: 2, selector: { matchLabels: { app: budgeted } } }
      ---
      apiVersion: v1
      kind: Pod
      metadata: { name: naked, namespace: insecure }
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: { name: insecure, namespace: insecure }
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: insecure, namespace: insecure }
      data: { api-token: abc }
      ---
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata: { name: insecure, namespace: insecure }
      spec: { secretStoreRef: { kind: SecretStore, name: gone } }
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: { name: insecure }
      rules: [{ apiGroups: ["*"], resources: [secrets], verbs: [get] }]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: { name: insecure }
      roleRef: { kind: ClusterRole, name: cluster-admin }
      subjects: [{ kind: Group, name: system:unauthenticated }]
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: { name: insecure, namespace: insecure }
      spec: { podSelector: { matchLabels: { app: other } }, policyTypes: [Ingress], ingress: [{}] }
      ---
      apiVersion: v1
      kind: Service
      metadata: { name: insecure, namespace: insecure }
      spec: { type: NodePort, selector: { app: other }, ports: [{ name: web, port: 80 }] }
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: insecure
        namespace: insecure
        annotations: { nginx.ingress.kubernetes.io/server-snippet: "return 200;" }
      spec:
        rules:
          - host: gateway.example.com
            http: { paths: [{ path: /, backend: { service: { name: gone, port: { name: web } } } }] }
      ---
      apiVersion: monitoring.coreos.com/v1
      kind: ServiceMonitor
      metadata: { name: insecure, namespace: insecure }
      spec: { selector: { matchLabels: { app: other } }, endpoints: [{ port: metrics }] }

      """
    ])
}
