import GatewaySpec
import NIOCore

/// A model under the name that clients use, with the targets that can answer for it.
public final class PublicModel: Sendable {
  /// The name that clients send as `model` and get back in answers.
  public let name: String
  /// What can answer; never empty in a validated spec.
  public let targets: [ModelTarget]
  /// How requests find a target.
  public let policy: RoutingPolicy
  /// What is tried when the targets fail.
  public let fallbacks: ModelFallbacks
  /// `name` as a JSON string, quotes included, ready to be spliced into answers.
  let encodedName: [UInt8]
  /// The targets that take requests: those with a weight, or all if none has one.
  let indicesInService: [Int]
  /// `policy` in the form in which requests use it.
  let breaker: CircuitBreaker.Settings
  let backoff: Backoff
  /// Whether there is one target only, and nothing that takes its place.
  let isAlone: Bool
  private let operations: Set<InferenceOperation>

  /// Describes a model.
  public init(
    name: String, targets: [ModelTarget], policy: RoutingPolicy = RoutingPolicy(),
    fallbacks: ModelFallbacks = ModelFallbacks()
  ) {
    self.name = name
    self.targets = targets
    self.policy = policy
    self.fallbacks = fallbacks
    encodedName = JSONText.encode(name)
    let weighted = targets.indices.filter { targets[$0].weight > 0 }
    indicesInService = weighted.isEmpty ? Array(targets.indices) : weighted
    isAlone = indicesInService.count == 1 && fallbacks.onFailure.isEmpty
    breaker = CircuitBreaker.Settings(
      cooldown: TimeAmount(policy.cooldown), consecutiveFailures: policy.consecutiveFailures,
      failureShare: Double(policy.failurePercentage) / 100, minimumRequests: policy.minimumRequests)
    backoff = Backoff(initial: TimeAmount(policy.backoff), maximum: TimeAmount(policy.maximumBackoff))
    operations = indicesInService.reduce(into: []) { $0.formUnion(targets[$1].operations) }
  }

  /// Whether any target in service has the endpoint.
  func serves(_ operation: InferenceOperation) -> Bool { operations.contains(operation) }
}
