using System.Text.Json;
using Gateway.Model.Plugins.OpenIdConnect;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>What the gateway asks of a provider as its client. Refusals are null; that nothing could be asked is a <see cref="ProviderException"/>.</summary>
internal sealed class TokenEndpoint(OpenIdConnectConfig config, ProviderClient client, TimeProvider time)
{
    private readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(config.Timeout);
    private readonly string? _clientId = config.ClientId.One();
    private readonly string? _clientSecret = config.ClientSecret.One();

    public string ClientId => _clientId ?? throw new InvalidOperationException("The configuration has no client_id.");

    public Task<TokenSet?> CodeAsync(IssuerMetadata metadata, string code, string redirectUri, string verifier) =>
        GrantAsync(metadata, before: null, [new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirectUri), new("code_verifier", verifier)]);

    /// <summary>Null where the refresh token is not good any more.</summary>
    public Task<TokenSet?> RefreshAsync(IssuerMetadata metadata, TokenSet tokens) =>
        GrantAsync(metadata, tokens, [new("grant_type", "refresh_token"), new("refresh_token", tokens.RefreshToken!)]);

    public Task<TokenSet?> PasswordAsync(IssuerMetadata metadata, string user, string password) =>
        GrantAsync(metadata, before: null, [new("grant_type", "password"), new("username", user), new("password", password), .. Wanted()]);

    /// <summary>With the caller's own credentials.</summary>
    public async Task<TokenSet?> ClientCredentialsAsync(IssuerMetadata metadata, string id, string secret)
    {
        var address = Endpoint(metadata, config.TokenEndpoint, "token_endpoint");
        var answer = await client.PostAsync(address, [new("grant_type", "client_credentials"), .. Wanted()], (id, secret), _timeout);
        return answer.IsSuccess ? TokenSet.Of(answer, before: null, time.GetUtcNow()) : null;
    }

    /// <summary>Null where the token is not active (RFC 7662).</summary>
    public async Task<JsonElement?> IntrospectAsync(IssuerMetadata metadata, string token)
    {
        var address = Endpoint(metadata, config.IntrospectionEndpoint, "introspection_endpoint");
        var answer = await PostAsync(address, [new("token", token), new("token_type_hint", config.IntrospectionHint)]);
        if (!answer.IsSuccess)
        {
            throw new ProviderException($"{address} refused to introspect: {answer.Text("error") ?? "no reason given"}");
        }

        return answer.Json.ValueKind is JsonValueKind.Object && answer.Json.TryGetProperty("active", out var active) && active.ValueKind is JsonValueKind.True ? answer.Json : null;
    }

    public async Task RevokeAsync(IssuerMetadata metadata, string token, string hint)
    {
        if ((config.RevocationEndpoint is { } own ? new Uri(own) : metadata.Endpoint("revocation_endpoint")) is { } address)
        {
            await PostAsync(address, [new("token", token), new("token_type_hint", hint)]);
        }
    }

    private async Task<TokenSet?> GrantAsync(IssuerMetadata metadata, TokenSet? before, IEnumerable<KeyValuePair<string, string>> form)
    {
        var answer = await PostAsync(Endpoint(metadata, config.TokenEndpoint, "token_endpoint"), form);
        return answer.IsSuccess ? TokenSet.Of(answer, before, time.GetUtcNow()) : null;
    }

    private IEnumerable<KeyValuePair<string, string>> Wanted()
    {
        if (config.Scopes.Count > 0)
        {
            yield return new("scope", string.Join(' ', config.Scopes));
        }

        foreach (var audience in config.Audience ?? [])
        {
            yield return new("audience", audience);
        }
    }

    private Task<ProviderAnswer> PostAsync(Uri address, IEnumerable<KeyValuePair<string, string>> form)
    {
        var way = config.ClientAuth.One() ?? (_clientSecret is null ? "none" : "client_secret_basic");
        return way switch
        {
            "client_secret_basic" when _clientSecret is not null => client.PostAsync(address, form, (ClientId, _clientSecret), _timeout),
            "client_secret_post" when _clientSecret is not null => client.PostAsync(address, [.. form, new("client_id", ClientId), new("client_secret", _clientSecret)], basic: null, _timeout),
            _ => client.PostAsync(address, [.. form, new("client_id", ClientId)], basic: null, _timeout),
        };
    }

    private static Uri Endpoint(IssuerMetadata metadata, string? configured, string name) =>
        configured is not null ? new Uri(configured) : metadata.Endpoint(name) ?? throw new ProviderException($"{metadata.Issuer} has no {name}");
}
