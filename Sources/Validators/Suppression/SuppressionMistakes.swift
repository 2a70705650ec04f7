import GatewaySpec
public import SourceDiagnostics

/// What can be wrong with comments that silence findings, GW1020 to GW1023. These findings themselves cannot be silenced.
public enum SuppressionMistakes {
  /// All of them, by code.
  public static let all: [RuleDescription] = [malformed, namesNothing, expired, unused]

  static let malformed = RuleDescription(
    1020, "malformed-suppression", .warning,
    summary: "a comment is meant to silence findings and cannot be read",
    rationale: """
      `# sluice: allow CODE: reason` silences a finding where it stands: behind a value for that line, on a line of its own
      for the next key and all below it, and with `allow-file` before the first key for the whole file. Several codes or
      slugs are separated by commas, and `until YYYY-MM-DD` names the last day on which it holds.

      A comment that misses this form silences nothing. The reason is required because a suppression without one is never
      removed: nobody dares to.
      """,
    examples: [
      .flagged(
        "metadata:\n  name: gateway\n  namespace: default # sluice: allow GW6001⟦⟧\n"),
      .flagged(
        "# sluice: ⟦ignore⟧ GW6001: one team owns this cluster\nmetadata: { name: gateway, namespace: default }\n",
        fixed: "# sluice: allow GW6001: one team owns this cluster\nmetadata: { name: gateway, namespace: default }\n"),
      .flagged(
        """
        metadata:
          name: gateway
          namespace: default # sluice: allow GW6001 until ⟦2027-02-30⟧: moves with the next cluster

        """, hidden: true),
      .flagged(
        "metadata:\n  name: gateway\n  # sluice: ⟦allow-file⟧ GW6001: late\n  namespace: default\n", hidden: true),
      .flagged("metadata:\n  name: gateway\n  namespace: default # sluice: ⟦allow⟧: no code\n", hidden: true),
      .flagged(
        "metadata:\n  name: gateway\n  namespace: default ⟦# sluice allow GW6001: no colon⟧\n", hidden: true),
      .allowed(
        """
        metadata:
          name: gateway
          namespace: default # sluice: allow GW6001 until 2027-01-31: moves with the next cluster

        """),
      .allowed("# sluice allows no templates; sluice: reads this file\nkind: Gateway\n", hidden: true),
    ])

  static let namesNothing = RuleDescription(
    1021, "suppression-names-nothing", .warning,
    summary: "a comment silences a finding that does not exist or that cannot be silenced",
    rationale: """
      A misspelt name silences nothing. Some findings cannot be silenced, for there is nothing to go on with: a file that
      cannot be read, a value without a meaning, a name that refers to nothing, a policy that Vault refuses.
      """,
    examples: [
      .flagged(
        """
        metadata:
          name: gateway
          namespace: default # sluice: allow ⟦defualt-namespace⟧: one team owns this cluster

        """,
        fixed: """
          metadata:
            name: gateway
            namespace: default # sluice: allow default-namespace: one team owns this cluster

          """),
      .flagged(
        "# sluice: allow ⟦GW1001⟧: nothing reads it\nmetadata: { name: gateway, namespace: ai-services }\n",
        fixed: "metadata: { name: gateway, namespace: ai-services }\n"),
      .allowed(
        """
        metadata:
          name: gateway
          namespace: default # sluice: allow default-namespace: one team owns this cluster

        """),
    ])

  static let expired = RuleDescription(
    1022, "expired-suppression", .warning,
    summary: "the last day of a suppression has passed",
    rationale: """
      `until` is a promise to come back. From the day after it the finding shows again, beside this one. Only the linter
      looks at the date, by the clock in UTC: `compile` and `serve` go on as before, so that no output depends on the day
      and no gateway refuses to start because a date has passed.
      """,
    examples: [
      .flagged(
        """
        metadata:
          name: gateway
          namespace: default # sluice: allow GW6001 until ⟦2020-01-31⟧: moves with the next cluster

        """,
        fixed: "metadata:\n  name: gateway\n  namespace: default\n"),
      .allowed(
        """
        metadata:
          name: gateway
          namespace: default # sluice: allow GW6001 until 2999-01-31: moves with the next cluster

        """),
    ])

  static let unused = RuleDescription(
    1023, "unused-suppression", .warning,
    summary: "a suppression silences nothing",
    rationale: """
      What was silenced has been mended, or the comment stands in the wrong place. Left where it is, it will silence the
      next mistake of the same kind, which nobody has judged. It is reported only where every rule could be asked: not while
      the file has mistakes of form.
      """,
    examples: [
      .flagged(
        """
        metadata:
          name: gateway
          # sluice: allow ⟦GW6001⟧: one team owns this cluster
          namespace: ai-services

        """,
        fixed: "metadata:\n  name: gateway\n  namespace: ai-services\n"),
      .flagged(
        """
        metadata:
          name: gateway
          namespace: default # sluice: allow GW6001, ⟦GW6002⟧: one team owns this cluster

        """,
        fixed: """
          metadata:
            name: gateway
            namespace: default # sluice: allow GW6001: one team owns this cluster

          """),
      .allowed(
        """
        metadata:
          name: gateway
          # sluice: allow GW6001: one team owns this cluster
          namespace: default

        """),
    ])
}
