using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.OpenIdConnect;

/// <summary>Kong's fields that are not served. Those that have a default may hold it: exported configurations do.</summary>
internal static class OpenIdConnectKong
{
    public static IEnumerable<FieldSchema> Fields() =>
    [
        Flag("ssl_verify", true),
        Flag("verify_claims", true),
        Flag("verify_signature", true),
        Flag("verify_nonce", true),
        Flag("verify_parameters", false),
        Flag("require_proof_key_for_code_exchange", true),
        Flag("enable_hs_signatures", false),
        Flag("using_pseudo_issuer", false),
        Flag("display_errors", false),
        Flag("session_remember", false),
        Flag("session_cookie_http_only", true),
        Flag("session_hash_subject", false),
        Flag("session_hash_storage_key", false),
        Flag("session_store_metadata", false),
        Flag("session_enforce_same_subject", false),
        Flag("authorization_cookie_http_only", true),
        Flag("reverify", false),
        Flag("by_username_ignore_case", false),
        Flag("search_user_info", false),
        Flag("cache_user_info", true),
        Flag("cache_token_exchange", true),
        Flag("introspection_check_active", true),
        Flag("keepalive", true),
        Flag("forbidden_destroy_session", true),
        Flag("unauthorized_destroy_session", true),
        Flag("resolve_distributed_claims", false),
        Flag("expose_error_code", true),
        Flag("dpop_use_nonce", false),
        Flag("allow_expired_token", false),
        Text("client_arg", "client_id"),
        Text("http_version", "1.1"),
        Text("response_mode", "query"),
        Text("session_storage", "cookie"),
        Text("introspection_accept", "application/json"),
        Text("userinfo_accept", "application/json"),
        Text("login_redirect_mode", "fragment"),
        Text("authorization_cookie_path", "/"),
        Text("authorization_cookie_same_site", "Default"),
        Text("jwt_session_claim", "sid"),
        Text("proof_of_possession_mtls", "off"),
        Text("proof_of_possession_dpop", "off"),
        Number("session_rolling_timeout", 3600),
        Number("session_remember_rolling_timeout", 604_800),
        Number("session_remember_absolute_timeout", 2_592_000),
        Number("dpop_proof_lifetime", 300),
        Number("session_memcached_port", 11_211),
        Text("session_memcached_host", "127.0.0.1"),
        Text("session_remember_cookie_name", "remember"),
        Same("response_type", "[\"code\"]"),
        Same("login_methods", "[\"authorization_code\"]"),
        Same("login_tokens", "[\"id_token\"]"),
        Same("id_token_param_type", "[\"header\",\"query\",\"body\"]"),
        Same("refresh_token_param_type", "[\"header\",\"query\",\"body\"]"),
        Same("ignore_signature", "[]"),
        Same("disable_session", "[]"),
        .. NotServed(
            FieldType.String, "token_exchange_endpoint", "userinfo_endpoint", "pushed_authorization_request_endpoint", "mtls_token_endpoint", "mtls_introspection_endpoint", "mtls_revocation_endpoint",
            "tls_client_auth_cert_id", "http_proxy", "http_proxy_authorization", "https_proxy", "https_proxy_authorization", "no_proxy", "cache_tokens_salt", "logout_post_arg", "id_token_param_name",
            "refresh_token_param_name", "introspection_endpoint_auth_method", "revocation_endpoint_auth_method", "token_endpoint_auth_method", "upstream_access_token_jwk_header", "upstream_id_token_jwk_header",
            "upstream_refresh_token_header", "upstream_user_info_header", "upstream_user_info_jwt_header", "upstream_introspection_header", "upstream_introspection_jwt_header",
            "upstream_session_id_header", "downstream_access_token_header", "downstream_access_token_jwk_header", "downstream_id_token_header", "downstream_id_token_jwk_header",
            "downstream_refresh_token_header", "downstream_user_info_header", "downstream_user_info_jwt_header", "downstream_introspection_header", "downstream_introspection_jwt_header",
            "downstream_session_id_header", "session_memcached_prefix", "session_memcached_socket", "session_redis_prefix", "session_redis_host", "authorization_cookie_domain"),
        .. NotServed(FieldType.Boolean, "authorization_cookie_secure", "require_pushed_authorization_requests", "require_signed_request_object", "tls_client_auth_ssl_verify"),
        .. NotServed(FieldType.Number, "cache_ttl_max", "cache_ttl_min", "cache_ttl_neg", "cache_ttl_resurrect", "max_age", "unexpected_redirect_uri_status"),
        .. NotServed(
            FieldType.Array, "client_alg", "client_jwk", "authorization_query_args_client", "discovery_headers_names", "discovery_headers_values", "domains", "token_headers_client",
            "token_headers_grants", "token_headers_names", "token_headers_prefix", "token_headers_replay", "token_headers_values", "token_post_args_client", "token_post_args_names",
            "token_post_args_values", "introspection_headers_client", "introspection_headers_names", "introspection_headers_values", "introspection_post_args_client",
            "introspection_post_args_client_headers", "introspection_post_args_names", "introspection_post_args_values", "userinfo_headers_client", "userinfo_headers_names",
            "userinfo_headers_values", "userinfo_query_args_client", "userinfo_query_args_names", "userinfo_query_args_values", "unexpected_redirect_uri", "session_request_headers",
            "session_response_headers", "redis_cluster_nodes"),
        .. NotServed(FieldType.Map, "cluster_cache_redis", "redis"),
    ];

    private static IEnumerable<FieldSchema> NotServed(FieldType type, params IReadOnlyList<string> names) => names.Select(name => Unsupported.Field(name, type));

    private static FieldSchema Flag(string name, bool only) => new(name, FieldType.Boolean) { Check = value => Problem(value, only ? "true" : "false") };

    private static FieldSchema Text(string name, string only) => new(name, FieldType.String) { Check = value => Problem(value, JsonValue.Create(only).ToJsonString()) };

    private static FieldSchema Number(string name, double only) => new(name, FieldType.Number) { Check = value => Problem(value, JsonValue.Create(only).ToJsonString()) };

    private static FieldSchema Same(string name, string only) => new(name, FieldType.Array) { Elements = new("element", FieldType.String), Check = value => Problem(value, only) };

    private static string? Problem(JsonNode value, string only) =>
        JsonNode.DeepEquals(value, JsonNode.Parse(only)) ? null : $"not supported by this version, but for {only}";
}
