import GatewaySpec
import Testing

struct NameTests {
  private static let long63 = String(repeating: "a", count: 63)
  private static let long64 = String(repeating: "a", count: 64)

  @Test func `A DNS label is short, lower case and has no dots`() {
    for text in ["a", "0", "ai-services", "a--b", Self.long63] {
      #expect(canonical(KubernetesLabelName.self, text) == text)
    }
    for text in ["", "-a", "a-", "A", "a.b", "a_b", "ä", "a b", "a\u{0}", Self.long64] {
      _ = refused(KubernetesLabelName.self, text)
    }
    Refusal("My_App", "my-app").check(KubernetesLabelName.self)
    Refusal("-app-", "app").check(KubernetesLabelName.self)
  }

  @Test func `A name may start with a digit where no Service needs it`() throws {
    #expect(try !KubernetesLabelName(parsing: "1a").startsWithLetter)
    #expect(try KubernetesLabelName(parsing: "a1").startsWithLetter)
  }

  @Test func `The byte at fault is underlined`() throws {
    #expect(refused(KubernetesLabelName.self, "ab_c")?.range == 2..<3)
    #expect(refused(KubernetesLabelName.self, "aüc")?.range == 1..<3)
    #expect(refused(KubernetesLabelName.self, "abc-")?.range == 3..<4)
    #expect(refused(KubernetesLabelName.self, " abc_d ")?.range == 4..<5)
    let mistake = try #require(refused(KubernetesLabelName.self, "ab_c"))
    #expect(
      mistake.headline
        == "`ab_c` is not a Kubernetes name: `_` cannot stand in it, only lower-case letters, digits and `-` can")
  }

  @Test func `A DNS subdomain is labels with dots between them`() {
    for text in ["a", "a.b", "litellm-tls", "a.0.c", Self.long64 + ".x"] {
      #expect(canonical(KubernetesSubdomain.self, text) == text)
    }
    for text in ["", ".", "a.", ".a", "a..b", "a.-b", "a-.b", "A.b", String(repeating: "a.", count: 126) + "aa"] {
      _ = refused(KubernetesSubdomain.self, text)
    }
  }

  @Test func `A label key has an optional prefix`() throws {
    for text in ["team", "app.kubernetes.io/name", "A_b.C", "x/Y"] {
      #expect(canonical(KubernetesLabelKey.self, text) == text)
    }
    for text in ["", "/", "a/", "/a", "a/b/c", "A/b", "a b", "-a", "a/-b", "a.b./c", Self.long64] {
      _ = refused(KubernetesLabelKey.self, text)
    }
    let key = try KubernetesLabelKey(parsing: "app.kubernetes.io/name")
    #expect(key.prefix == "app.kubernetes.io")
    #expect(key.name == "name")
    #expect(try KubernetesLabelKey(parsing: "team").prefix == nil)
    #expect(refused(KubernetesLabelKey.self, "x/a b")?.range == 3..<4)
  }

  @Test func `A label value may be empty`() {
    for text in ["", "a", "A.b_c-9", Self.long63] { #expect(canonical(KubernetesLabelValue.self, text) == text) }
    for text in ["-", "a-", "a/b", "a b", Self.long64, " "] { _ = refused(KubernetesLabelValue.self, text) }
  }

  @Test func `An environment variable does not start with a digit`() throws {
    for text in ["A", "OPENAI_API_KEY", "_a", "a.b", "-x"] {
      #expect(canonical(EnvironmentVariableName.self, text) == text)
    }
    for text in ["", "1A", "A=B", "A B", "Ä", "$A"] { _ = refused(EnvironmentVariableName.self, text) }
    #expect(try EnvironmentVariableName(parsing: "A_1").isShellName)
    #expect(try !EnvironmentVariableName(parsing: "A-1").isShellName)
  }

  @Test func `A key of a Secret leads nowhere`() {
    for text in ["ca.crt", "a", ".dockerconfigjson", "A_B-c", "..."].dropLast() {
      #expect(canonical(SecretDataKey.self, text) == text)
    }
    for text in ["", ".", "..", "..a", "...", "a/b", "a b", String(repeating: "a", count: 254)] {
      _ = refused(SecretDataKey.self, text)
    }
  }

  @Test func `An entry is named in lower case`() {
    for text in ["openai-key", "a", "a_b.c", "4o"] { #expect(canonical(EntryName.self, text) == text) }
    for text in ["", "A", "-a", "a-", "a/b", "a b", Self.long64] { _ = refused(EntryName.self, text) }
    Refusal("OpenAI Key", "openai-key").check(EntryName.self)
  }

  @Test func `A model has any name that can be seen`() {
    for text in ["gpt-4o", "openai/*", "meta-llama/Llama 3", "模型", String(repeating: "é", count: 256)] {
      #expect(canonical(ModelName.self, text) == text)
      #expect(canonical(ProviderModelName.self, text) == text)
    }
    for text in ["", " ", "a\n", "a\u{0}b", String(repeating: "a", count: 257), "a\u{200B}b", "\u{2028}"] {
      _ = refused(ModelName.self, text)
    }
    Refusal(" gpt", "gpt", safe: true).check(ModelName.self)
    Refusal("a\u{200B}b", "ab").check(ModelName.self)
  }

  @Test func `A file lies in the folder of the spec`() {
    for text in ["a", "policies/eso.hcl", "a/.b", "a..b/c...", "ü.yaml", "a b"] {
      #expect(canonical(FilePathText.self, text) == text)
    }
    for text in ["", "/a", "~/a", "../a", "a/../../b", "a//b", "a/", ".", "a\\b", "a\u{0}", "a/..", "./..", "..a"] {
      _ = refused(FilePathText.self, text)
    }
    Refusal("policies\\eso.hcl", "policies/eso.hcl").check(FilePathText.self)
    Refusal("a//b", "a/b").check(FilePathText.self)
    Refusal("./a", "a").check(FilePathText.self)
    Refusal("a/../b/./c", "b/c").check(FilePathText.self)
    Refusal("../a", nil).check(FilePathText.self)
  }

  @Test func `A Vault path has no slash at its end, and one in front is remembered`() throws {
    for text in ["litellm/api-keys", "a", "a b/c", "a.b", "a+b", "ü"] {
      #expect(canonical(VaultPathText.self, text) == text)
    }
    for text in ["", "/", "a//b", "a/../b", "..", "a..b", "a/*", "a?b", "a#b", "a\u{1}b", "a /b", "a/ b"] {
      _ = refused(VaultPathText.self, text)
    }
    Refusal("litellm/", "litellm", safe: true).check(VaultPathText.self)
    Refusal("a//b", "a/b").check(VaultPathText.self)
    Refusal("https://vault:8200/v1/a/b", "a/b").check(VaultPathText.self)
    for text in ["//a", "/a/", "/"] { _ = refused(VaultPathText.self, text) }
    #expect(canonical(VaultPathText.self, "/litellm/api-keys") == "litellm/api-keys")
    #expect(try VaultPathText(parsing: "/a").hasLeadingSlash)
    #expect(try VaultPathText(parsing: "/a") == VaultPathText(parsing: "a"))
  }

  @Test func `A mount is not one of Vault's own`() throws {
    for text in ["litellm", "teams/ai", "system", "authx", "kv/auth"] {
      #expect(canonical(VaultMountPath.self, text) == text)
    }
    for text in ["sys", "sys/x", "auth", "identity", "cubbyhole/x", "/", ""] { _ = refused(VaultMountPath.self, text) }
    Refusal("auth/kubernetes", "kubernetes", safe: true).check(VaultMountPath.self)
    Refusal("litellm/", "litellm", safe: true).check(VaultMountPath.self)
    let mount = try VaultMountPath(parsing: "teams/ai")
    #expect(try mount.contains(VaultPathText(parsing: "teams/ai/x")))
    #expect(try !mount.contains(VaultPathText(parsing: "teams/aix")))
    #expect(try !mount.contains(VaultPathText(parsing: "teams/ai")))
  }

  @Test func `The path of a policy has wildcards`() {
    for text in ["a/*", "a/+/b", "a/", "*", "+", "secret/{{identity.entity.id}}/*", "a//b"] {
      #expect(canonical(VaultPolicyPath.self, text) == text)
    }
    for text in ["", "/", "a\nb", " "] { _ = refused(VaultPolicyPath.self, text) }
    Refusal("/a/*", "a/*", safe: true).check(VaultPolicyPath.self)
    Refusal("/a/", "a/", safe: true).check(VaultPolicyPath.self)
  }
}
