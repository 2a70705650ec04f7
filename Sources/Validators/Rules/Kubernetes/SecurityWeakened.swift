import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let securityWeakened = Rule(
    6007, "security-weakened", .error,
    summary: "a label or an annotation takes back a part of the pods' security",
    rationale: """
      The compiled namespace enforces Pod Security `restricted`, and the compiled pods meet it: no root, no privilege, no
      capability, the runtime's own seccomp profile. A `pod-security.kubernetes.io/` label of the spec would stand beside the
      compiled one, and an `unconfined` annotation switches a profile off, for every container that ever runs there. What
      really needs more belongs in a namespace of its own.
      """,
    examples: [
      .flagged(
        """
        metadata:
          name: gateway
          namespace: ai-services
          labels:
            team: ai-platform
            ⟦pod-security.kubernetes.io/enforce⟧: privileged

        """,
        fixed: """
          metadata:
            name: gateway
            namespace: ai-services
            labels:
              team: ai-platform

          """),
      .flagged(
        """
        metadata:
          name: gateway
          namespace: ai-services
          annotations: { ⟦seccomp.security.alpha.kubernetes.io/pod⟧: unconfined }

        """, hidden: true),
      .allowed("metadata: { name: gateway, namespace: ai-services, labels: { team: ai-platform } }\n"),
    ]
  ) { context, findings in
    let metadata = context.spec.metadata.value
    for label in metadata.labels.value where label.name.value.prefix == podSecurityPrefix {
      findings.add(
        "the namespace is compiled with `\(label.name.value.name): restricted`", at: label.name.span,
        label: "takes that back", help: ["remove it"], fixIts: context.removing(context.removal(of: label)))
    }
    let profiles = ["container.apparmor.security.beta.kubernetes.io", "seccomp.security.alpha.kubernetes.io"]
    for annotation in metadata.annotations.value {
      guard let prefix = annotation.name.value.prefix, profiles.contains(prefix), annotation.value.text == "unconfined"
      else { continue }
      findings.add(
        "`\(annotation.name.value)` switches the profile of the pods off", at: annotation.name.span,
        label: "unconfined", help: ["remove it: the container runtime's own profile holds then"],
        fixIts: context.removing(context.removal(of: annotation)))
    }
  }
}
