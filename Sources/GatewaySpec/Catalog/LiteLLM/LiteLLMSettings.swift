extension LiteLLMSetting {
  /// The settings that are known, by section. Types as LiteLLM declares them (`ConfigGeneralSettings`, the router's keyword
  /// arguments, the library's module variables).
  public static let all: [LiteLLMSetting] = router + litellm + general

  private static let router: [LiteLLMSetting] = [
    Self("alerting_config", .router, .map()),
    Self("allowed_fails", .router, .count),
    Self("allowed_fails_policy", .router, .map(Kind.failures, isClosed: true)),
    Self("cache_responses", .router, .flag),
    Self("client_ttl", .router, .number),
    Self("content_policy_fallbacks", .router, .list),
    Self("context_window_fallbacks", .router, .list),
    Self("default_max_parallel_requests", .router, .count),
    Self("default_priority", .router, .count),
    Self("deployment_affinity_ttl_seconds", .router, .number),
    Self("enable_pre_call_checks", .router, .flag),
    Self("enable_tag_filtering", .router, .flag),
    Self("enable_weighted_failover", .router, .flag),
    Self("ignore_invalid_deployments", .router, .flag),
    Self("max_fallbacks", .router, .count),
    Self("model_group_alias", .router, .map()),
    Self("model_group_retry_policy", .router, .map()),
    Self("optional_pre_call_checks", .router, .list),
    Self("polling_interval", .router, .number),
    Self("provider_budget_config", .router, .map()),
    Self("redis_db", .router, .count),
    Self("redis_host", .router, .text),
    Self("redis_password", .router, .text),
    Self("redis_port", .router, .count),
    Self("redis_url", .router, .text),
    Self("retry_after", .router, .number),
    Self("retry_policy", .router, .map(Kind.retries, isClosed: true)),
    Self("routing_strategy_args", .router, .map()),
    Self("stream_timeout", .router, .number),
    Self("tag_filtering_match_any", .router, .flag),
  ]

  private static let litellm: [LiteLLMSetting] = [
    Self("budget_duration", .litellm, .period),
    Self("cache", .litellm, .flag),
    Self("cache_params", .litellm, .map(Kind.cache)),
    Self("callbacks", .litellm, .list),
    Self("cost_discount_config", .litellm, .map()),
    Self("cost_margin_config", .litellm, .map()),
    Self("default_fallbacks", .litellm, .list),
    Self("drop_params", .litellm, .flag),
    Self("enable_redis_auth_cache", .litellm, .flag),
    Self("failure_callback", .litellm, .list),
    Self("max_budget", .litellm, .number),
    Self("max_end_user_budget", .litellm, .number),
    Self("network_mock", .litellm, .flag),
    Self("require_auth_for_metrics_endpoint", .litellm, .flag),
    Self("set_verbose", .litellm, .flag),
    Self("success_callback", .litellm, .list),
    Self("turn_off_message_logging", .litellm, .flag),
  ]

  private static let general: [LiteLLMSetting] = [
    Self("alerting", .general, .list),
    Self("alerting_threshold", .general, .count),
    Self("allow_public_health_readiness_details", .general, .flag),
    Self("allow_requests_on_db_unavailable", .general, .flag, needsDatabase: true),
    Self("allowed_routes", .general, .list),
    Self("background_health_checks", .general, .flag),
    Self("cancel_on_disconnect", .general, .flag),
    Self("coordination_redis", .general, .map()),
    Self("custom_auth", .general, .text),
    Self("dangerously_permit_weak_or_unset_master_key", .general, .flag),
    Self("database_connect_timeout", .general, .number, needsDatabase: true),
    Self("database_connection_timeout", .general, .number, needsDatabase: true),
    Self("database_socket_timeout", .general, .number, needsDatabase: true),
    Self("disable_budget_reservation", .general, .flag, needsDatabase: true),
    Self("disable_error_logs", .general, .flag, needsDatabase: true),
    Self("disable_spend_logs", .general, .flag, needsDatabase: true),
    Self("enable_drain_endpoint", .general, .flag),
    Self("enable_jwt_auth", .general, .flag),
    Self("enforce_fallback_model_access", .general, .flag),
    Self("enforce_user_param", .general, .flag),
    Self("fail_closed_rate_limit_enforcement", .general, .flag),
    Self("forward_client_headers_to_llm_api", .general, .flag),
    Self("global_max_parallel_requests", .general, .count),
    Self("health_check_concurrency", .general, .count),
    Self("health_check_interval", .general, .count),
    Self("infer_model_from_keys", .general, .flag),
    Self("max_batch_file_size_mb", .general, .count),
    Self("max_file_size_mb", .general, .count),
    Self("max_in_flight_requests_per_worker", .general, .count),
    Self("max_parallel_requests", .general, .count),
    Self("max_queued_requests_per_worker", .general, .count),
    Self("max_request_size_mb", .general, .count),
    Self("max_response_size_mb", .general, .count),
    Self("maximum_spend_logs_retention_period", .general, .period, needsDatabase: true),
    Self("pass_through_endpoints", .general, .list),
    Self("pass_through_request_timeout", .general, .number),
    Self("proxy_batch_write_at", .general, .count, needsDatabase: true),
    Self("proxy_config_reload_interval_seconds", .general, .count),
    Self("return_wildcard_routes", .general, .flag),
    Self("store_prompts_in_spend_logs", .general, .flag, needsDatabase: true),
    Self("user_api_key_cache_max_size", .general, .count),
    Self("user_api_key_cache_ttl", .general, .number),
    Self("user_header_name", .general, .text),
  ]
}

extension LiteLLMSetting.Kind {
  private static let errors = [
    "BadRequestError", "AuthenticationError", "TimeoutError", "RateLimitError", "ContentPolicyViolationError",
    "InternalServerError", "ServiceUnavailableError", "NotFoundError",
  ]

  /// `retry_policy`: how often each kind of error is tried again.
  fileprivate static let retries = Dictionary(
    (errors.map { $0 + "Retries" } + ["DefaultRetries"]).map { ($0, Self.count) }, uniquingKeysWith: { $1 })

  /// `allowed_fails_policy`: how often each kind of error is forgiven.
  fileprivate static let failures = Dictionary(
    (errors + ["BadGatewayError"]).map { ($0 + "AllowedFails", Self.count) }, uniquingKeysWith: { $1 })

  /// `cache_params`; each store adds keys of its own.
  fileprivate static let cache: [String: Self] = [
    "type": .choice([
      "local", "redis", "redis-semantic", "valkey-semantic", "s3", "qdrant-semantic", "azure-blob", "gcs",
    ]),
    "host": .text, "port": .count, "password": .text, "ttl": .number, "namespace": .text,
    "supported_call_types": .list, "mode": .choice(["default_on", "default_off"]),
  ]
}
