import GatewaySpec

/// Where `engine.settings` go in LiteLLM's configuration.
enum LiteLLMSection: String, CaseIterable, Sendable {
  case router = "router_settings"
  case litellm = "litellm_settings"
  case general = "general_settings"

  /// The section that reads a key; `nil` if none does. Of two sections that read the same key the first case wins, except
  /// that what is known as a setting of the library stays one.
  static func reading(_ key: String) -> LiteLLMSection? {
    if LiteLLMSection.litellm.keys.contains(key) { return .litellm }
    return allCases.first { $0.keys.contains(key) }
  }

  /// The keys that LiteLLM 1.109.1 reads there. Secrets, the database and the master key are not among them: they come from
  /// sections of the spec. `store_model_in_db` is not either: the file is the truth.
  var keys: Set<String> {
    switch self {
    case .router: Self.routerKeys
    case .litellm: Self.litellmKeys
    case .general: Self.generalKeys
    }
  }

  private static let routerKeys: Set<String> = [
    "allowed_fails", "allowed_fails_policy", "alerting_config", "cache_responses", "client_ttl",
    "content_policy_fallbacks", "context_window_fallbacks", "cooldown_time", "default_max_parallel_requests",
    "default_priority", "deployment_affinity_ttl_seconds", "disable_cooldowns", "enable_pre_call_checks",
    "enable_tag_filtering", "enable_weighted_failover", "ignore_invalid_deployments", "max_fallbacks",
    "model_group_alias", "model_group_retry_policy", "optional_pre_call_checks", "polling_interval",
    "provider_budget_config", "redis_db", "redis_host", "redis_password", "redis_port", "redis_url", "retry_after",
    "retry_policy", "routing_strategy", "routing_strategy_args", "stream_timeout", "tag_filtering_match_any", "timeout",
  ]

  private static let litellmKeys: Set<String> = [
    "budget_duration", "cache", "cache_params", "callbacks", "cost_discount_config", "cost_margin_config",
    "default_fallbacks", "drop_params", "enable_redis_auth_cache", "failure_callback", "fallbacks", "json_logs",
    "max_budget", "max_end_user_budget", "network_mock", "num_retries", "request_timeout",
    "require_auth_for_metrics_endpoint", "set_verbose", "success_callback", "turn_off_message_logging",
  ]

  private static let generalKeys: Set<String> = [
    "alerting", "alerting_threshold", "allow_public_health_readiness_details", "allow_requests_on_db_unavailable",
    "allowed_routes", "background_health_checks", "coordination_redis", "custom_auth", "database_connection_pool_limit",
    "database_connection_timeout", "disable_error_logs", "disable_spend_logs", "enable_drain_endpoint",
    "enable_jwt_auth",
    "enforce_user_param", "fail_closed_rate_limit_enforcement", "global_max_parallel_requests", "health_check_interval",
    "max_parallel_requests", "max_request_size_mb", "max_response_size_mb", "maximum_spend_logs_retention_period",
    "pass_through_endpoints", "proxy_batch_write_at", "proxy_config_reload_interval_seconds",
    "store_prompts_in_spend_logs", "user_api_key_cache_ttl",
  ]
}
