/// Where things lie in the gateway's container: what the compiler mounts and what the runtime reads.
public enum ContainerLayout {
  /// The folder of the configuration: the spec and the files beside it, or LiteLLM's configuration.
  public static func configurationFolder(of engine: EngineType) -> String { "/etc/\(engine.rawValue)" }
  /// The name of the spec in that folder.
  public static let specFile = "gateway.yaml"
  /// The name of LiteLLM's configuration in that folder.
  public static let litellmFile = "config.yaml"
  /// The folder with one file a secret, named as the environment variable would be.
  public static let secretsFolder = "/run/sluice/secrets"
  /// The folder with what the runtime shows to Vault when it logs in.
  public static let vaultLoginFolder = "/run/sluice/vault"
  /// The token of the ServiceAccount in that folder (logins kubernetes and jwt); the kubelet renews it.
  public static let serviceAccountTokenFile = "service-account-token"
  /// The Vault token or the secret id in that folder (logins token and approle).
  public static let credentialFile = "credential"
  /// The certificate authority of Vault in that folder.
  public static let certificateFile = "ca.crt"
}
