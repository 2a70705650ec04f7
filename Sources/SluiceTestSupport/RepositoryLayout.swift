public import Foundation

/// Where things stand in a checkout.
public enum RepositoryLayout {
  /// The root of the checkout that this file was compiled from.
  public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  /// The specs that the golden files are made from.
  public static let specs = root.appending(path: "specs")
  /// The golden files.
  public static let golden = root.appending(path: "golden")
  /// The generated pages of the rules.
  public static let ruleDocumentation = root.appending(path: "docs/rules")
  /// Facts, vectors and schemas that stand beside the checkout.
  public static let shared = root.deletingLastPathComponent().appending(path: "shared")
}
