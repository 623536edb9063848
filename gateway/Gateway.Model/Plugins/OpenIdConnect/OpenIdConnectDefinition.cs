using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.OpenIdConnect;

/// <summary>Fields, defaults and priority as in Kong 3.x, but that certificates of the provider are always verified.</summary>
internal static class OpenIdConnectDefinition
{
    /// <summary>Characters: what is guessed faster than a key of 128 bits is no secret.</summary>
    private const int ShortestSecret = 16;

    private const double Longest = 31_536_000;

    public static PluginDefinition Create() => new PluginDefinition<OpenIdConnectConfig>
    {
        Name = "openid-connect",
        Version = "1.0.0",
        Priority = 1050,
        MayHaveConsumer = false,
        Fields = [.. Provider(), .. Tokens(), .. Callers(), .. Headers(), .. SignIn(), .. Session(), .. OpenIdConnectKong.Fields()],
        Checks = [RequireClient, PairClaims, RequireCookieName],
    };

    private static IEnumerable<FieldSchema> Provider() =>
    [
        Url("issuer") with { Required = true, Referenceable = true },
        Field.Set("issuers_allowed", Field.Text("issuer")),
        Field.Set("client_id", Field.Text("id") with { Referenceable = true }) with { MaximumLength = 1 },
        Field.List("client_secret", Field.Text("secret") with { Secret = true, Referenceable = true }) with { MaximumLength = 1 },
        Field.List("client_auth", Field.Choice("way", null, "client_secret_basic", "client_secret_post", "none") with
        {
            Unsupported = ["client_secret_jwt", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"],
        }) with { MaximumLength = 1 },
        Field.Set("audience", Field.Text("audience")),
        Field.Set("scopes", Field.Text("scope") with { Referenceable = true }, ["openid"]),
        Url("authorization_endpoint"),
        Url("token_endpoint"),
        Url("introspection_endpoint"),
        Url("revocation_endpoint"),
        Url("end_session_endpoint"),
        Field.Set("extra_jwks_uris", Url("uri")),
        Field.Number("rediscovery_lifetime", 30, 1, Longest),
        Field.Number("cache_ttl", 3600, 1, Longest),
        Field.Flag("cache_introspection", true),
        Field.Flag("cache_tokens", true),
        Field.Number("timeout", 10_000, 1, 60_000),
        Field.Number("leeway", 0, 0, 600),
    ];

    private static IEnumerable<FieldSchema> Tokens() =>
    [
        Field.Set(
            "auth_methods",
            Field.Choice("method", null, "password", "client_credentials", "authorization_code", "bearer", "introspection", "refresh_token", "session") with
            {
                Unsupported = ["userinfo", "kong_oauth2"],
            },
            ["password", "client_credentials", "authorization_code", "bearer", "introspection", "refresh_token", "session"]),
        Field.Set("bearer_token_param_type", Field.Choice("place", null, "header", "query", "body", "cookie"), ["header", "query", "body"]),
        Field.Text("bearer_token_cookie_name"),
        Field.Set("client_credentials_param_type", Field.Choice("place", null, "header") with { Unsupported = ["query", "body"] }, ["header"]),
        Field.Set("password_param_type", Field.Choice("place", null, "header") with { Unsupported = ["query", "body"] }, ["header"]),
        Field.Flag("introspect_jwt_tokens", false),
        Field.Text("introspection_hint", "access_token"),
        Field.Flag("refresh_tokens", true),
    ];

    private static IEnumerable<FieldSchema> Callers() =>
    [
        Field.Set("audience_required", Field.Text("audience")),
        Claim("audience_claim", "aud"),
        Field.Set("scopes_required", Field.Text("scope")),
        Claim("scopes_claim", "scope"),
        Field.Set("groups_required", Field.Text("group")),
        Claim("groups_claim", "groups"),
        Field.Set("roles_required", Field.Text("role")),
        Claim("roles_claim", "roles"),
        Claim("consumer_claim"),
        Field.Set("consumer_by", Field.Choice("field", null, "id", "username", "custom_id"), ["username", "custom_id"]),
        Field.Flag("consumer_optional", false),
        Claim("credential_claim", "sub"),
        Claim("authenticated_groups_claim"),
        Field.Text("anonymous"),
        Field.Flag("run_on_preflight", true),
        Field.Text("unauthorized_error_message", "Unauthorized"),
        Field.Text("forbidden_error_message", "Forbidden"),
        OneUrl("unauthorized_redirect_uri"),
        OneUrl("forbidden_redirect_uri"),
    ];

    private static IEnumerable<FieldSchema> Headers() =>
    [
        Field.List("upstream_headers_claims", Field.Text("claim")),
        Field.List("upstream_headers_names", HeaderName()),
        Field.List("downstream_headers_claims", Field.Text("claim")),
        Field.List("downstream_headers_names", HeaderName()),
        TokenHeader("upstream_access_token_header") with { Default = "authorization:bearer" },
        TokenHeader("upstream_id_token_header"),
        Field.Flag("hide_credentials", true),
    ];

    private static IEnumerable<FieldSchema> SignIn() =>
    [
        OneUrl("redirect_uri"),
        Field.List("authorization_query_args_names", Field.Text("name")),
        Field.List("authorization_query_args_values", Field.Text("value")),
        CookieName("authorization_cookie_name", "authorization"),
        Field.Number("authorization_rolling_timeout", 600, 10, 3600),
        Field.Flag("preserve_query_args", false),
        Field.Choice("login_action", "upstream", "upstream", "redirect") with { Unsupported = ["response"] },
        OneUrl("login_redirect_uri"),
        Field.Text("logout_query_arg"),
        Field.Text("logout_uri_suffix"),
        Field.Set("logout_methods", Field.Choice("method", null, "POST", "GET", "DELETE"), ["POST", "DELETE"]),
        OneUrl("logout_redirect_uri"),
        Field.Flag("logout_revoke", false),
        Field.Flag("logout_revoke_access_token", true),
        Field.Flag("logout_revoke_refresh_token", true),
    ];

    private static IEnumerable<FieldSchema> Session() =>
    [
        Field.Text("session_secret") with { Secret = true, Referenceable = true, MinimumLength = ShortestSecret },
        Field.Text("session_audience", "default"),
        CookieName("session_cookie_name", "session"),
        Field.Text("session_cookie_path", "/") with { Check = value => CookieProblem(value.GetValue<string>()) },
        Field.Text("session_cookie_domain") with { Check = value => Texts.HostProblem(value.GetValue<string>().TrimStart('.')) },
        Field.Choice("session_cookie_same_site", "Lax", "Strict", "Lax", "None", "Default"),
        Field.Flag("session_cookie_secure", null),
        Field.Number("session_idling_timeout", 900, 0, Longest),
        Field.Number("session_absolute_timeout", 86_400, 0, Longest),
    ];

    private static FieldSchema Url(string name) => Field.Text(name) with
    {
        Check = value => Uri.TryCreate(value.GetValue<string>(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 ? null : "expected an http or https URL",
    };

    private static FieldSchema OneUrl(string name) => Field.List(name, Url("uri")) with { MaximumLength = 1 };

    private static FieldSchema Claim(string name, string? @default = null) =>
        Field.List(name, Field.Text("claim"), @default is null ? null : [@default]) with { Required = false, MinimumLength = 1 };

    private static FieldSchema HeaderName() => Field.Text("name") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) };

    private static FieldSchema TokenHeader(string name) => Field.Text(name) with
    {
        Check = value => value.GetValue<string>().Split(':') is [var header, ..] parts && (parts.Length == 1 || parts is [_, "bearer"])
            ? Texts.HeaderNameProblem(header)
            : "expected NAME or NAME:bearer",
    };

    private static FieldSchema CookieName(string name, string @default) =>
        Field.Text(name, @default) with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) is null ? null : "expected the name of a cookie: letters, digits, - and _" };

    private static string? CookieProblem(string path) =>
        path.StartsWith('/') && !path.Any(letter => letter is ';' or ',' || char.IsControl(letter)) ? null : "expected a path that begins with / and is free of ; and ,";

    private static IEnumerable<ModelError> RequireClient(JsonObject config)
    {
        var methods = config["auth_methods"]!.AsArray().Select(static method => (string?)method).ToHashSet(StringComparer.Ordinal);
        var asks = methods.Overlaps(["authorization_code", "introspection", "password"]);
        if (asks && config["client_id"] is not JsonArray { Count: > 0 })
        {
            yield return new ModelError("client_id", "is required by auth_methods", "the gateway's id at the provider; auth_methods of bearer, client_credentials and session need none");
        }

        var sessions = methods.Contains("authorization_code");
        if (sessions && config["session_secret"] is null && config["client_secret"] is not JsonArray { Count: > 0 })
        {
            yield return new ModelError("session_secret", "is required where there is no client_secret", $"at least {ShortestSecret} characters");
        }
    }

    private static IEnumerable<ModelError> PairClaims(JsonObject config)
    {
        foreach (var (names, values) in new[]
        {
            ("upstream_headers_names", "upstream_headers_claims"), ("downstream_headers_names", "downstream_headers_claims"),
            ("authorization_query_args_names", "authorization_query_args_values"),
        })
        {
            if ((config[names] as JsonArray)?.Count is var count && (config[values] as JsonArray)?.Count is var other && (count ?? 0) != (other ?? 0))
            {
                yield return new ModelError(names, $"must have as many elements as {values}");
            }
        }
    }

    private static IEnumerable<ModelError> RequireCookieName(JsonObject config)
    {
        if (config["bearer_token_param_type"] is JsonArray places && places.Any(place => (string?)place is "cookie") && config["bearer_token_cookie_name"] is null)
        {
            yield return new ModelError("bearer_token_cookie_name", "is required where bearer_token_param_type contains 'cookie'");
        }
    }
}
