/// Rows 1 to 31: containers, pods and their node. Together they are the Pod Security Standard `restricted` of the newest release
/// (1, 2, 3, 7, 9, 11, 13 to 16, 18, 22 to 25, 27, 29, 31) and what linters ask for beyond it.
extension HardeningCatalog {
  static let containers: [HardeningCheck] = [
    .containers(1, "not privileged") { $0["securityContext"]["privileged"].text == "false" },
    .containers(2, "no privilege escalation") { $0["securityContext"]["allowPrivilegeEscalation"].text == "false" },
    .securityContexts(3, "run as non-root") { $0["runAsNonRoot"].text == "true" },
    .securityContexts(4, "high UID") { $0["runAsUser"].number ?? 0 > 10_000 },
    .pods(5, "high GID") { pod in
      let context = pod.spec["securityContext"]
      return context["runAsGroup"].number ?? 0 > 10_000 && context["fsGroup"].number ?? 0 > 10_000
    },
    .pods(6, "no root group") { pod in
      let context = pod.spec["securityContext"]
      return ([context["runAsGroup"], context["fsGroup"]] + context["supplementalGroups"].items)
        .allSatisfy { $0.number != 0 }
    },
    .securityContexts(7, "runAsUser never 0") { $0["runAsUser"].number != 0 },
    .pods(8, "read-only root file system, with a /tmp of its own") { pod in
      pod.containers.allSatisfy { container in
        let temporary = container["volumeMounts"].items.first { $0["mountPath"].text == "/tmp" }
        let volume = pod.spec["volumes"].items.first { $0["name"] == temporary?["name"] }
        return container["securityContext"]["readOnlyRootFilesystem"].text == "true"
          && volume?["emptyDir"].exists == true
      }
    },
    .containers(9, "drop ALL capabilities") { $0["securityContext"]["capabilities"]["drop"].items == [.scalar("ALL")] },
    .containers(10, "drop NET_RAW") { container in
      let dropped = container["securityContext"]["capabilities"]["drop"].items.compactMap(\.text)
      return dropped.contains("ALL") || dropped.contains("NET_RAW")
    },
    .containers(11, "no added capabilities") { !$0["securityContext"]["capabilities"]["add"].exists },
    .containers(12, "no SYS_ADMIN, no SYS_MODULE") { container in
      let added = container["securityContext"]["capabilities"]["add"].items.compactMap(\.text)
      return !added.contains("SYS_ADMIN") && !added.contains("SYS_MODULE")
    },
    .securityContexts(13, "seccomp") { $0["seccompProfile"]["type"].text == "RuntimeDefault" },
    .pods(14, "AppArmor and SELinux not weakened") { pod in
      pod.spec.mappings.allSatisfy {
        !$0["seLinuxOptions"].exists && $0["appArmorProfile"]["type"].text != "Unconfined"
      }
    },
    .nowhere(15, "the default /proc", "procMount"),
    .nowhere(16, "no sysctls", "sysctls"),
    .securityContexts(17, "explicit security contexts") { !$0.isEmpty },
    .nowhere(18, "no Windows host process", "windowsOptions"),
    .containers(19, "no SSH port") { $0["ports"].items.allSatisfy { $0["containerPort"].number != 22 } },
    .containers(20, "no privileged port") { $0["ports"].items.allSatisfy { $0["containerPort"].number ?? 0 >= 1024 } },
    .containers(21, "no sudo") { container in
      (container["command"].items + container["args"].items).allSatisfy { $0.text?.contains("sudo") != true }
    },
  ]

  static let isolation: [HardeningCheck] = [
    .nowhere(22, "no host network", "hostNetwork"),
    .nowhere(23, "no host PID", "hostPID"),
    .nowhere(24, "no host IPC", "hostIPC"),
    .nowhere(25, "no host port", "hostPort"),
    .pods(26, "no socket of a container runtime") { pod in
      pod.spec["volumes"].items.allSatisfy { $0["hostPath"]["path"].text?.hasSuffix(".sock") != true }
    },
    .nowhere(27, "no host path", "hostPath"),
    .pods(28, "nothing of the host is mounted to be written") { pod in
      let shared = Set(pod.spec["volumes"].items.filter { $0["hostPath"].exists }.map { $0["name"].text })
      return pod.containers.flatMap { $0["volumeMounts"].items }
        .allSatisfy { !shared.contains($0["name"].text) || $0["readOnly"].text == "true" }
    },
    .pods(29, "only core volume types") { pod in
      let core: Set = [
        "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected",
        "secret",
      ]
      return pod.spec["volumes"].items.allSatisfy { volume in
        volume.entries.allSatisfy { $0.key == "name" || core.contains($0.key) }
      }
    },
    .nowhere(30, "no host aliases", "hostAliases"),
    .containers(31, "no `host` in probes and hooks") { container in
      ["startupProbe", "livenessProbe", "readinessProbe", "lifecycle"]
        .allSatisfy { container[$0].mappings.allSatisfy { !$0["host"].exists } }
    },
  ]
}
