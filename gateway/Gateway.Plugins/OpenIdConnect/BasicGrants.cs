using System.Text;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.OpenIdConnect;
using Gateway.Plugins.BasicAuth;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>Callers who present a user's or a client's name and secret by HTTP Basic: exchanged for tokens, which are kept until shortly before they expire.</summary>
internal sealed class BasicGrants(OpenIdConnectConfig config, TokenEndpoint endpoint, TimeProvider time)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);

    private readonly SharedAnswers<TokenSet> _known = new(time);
    private readonly bool _password = config.AuthMethods.Contains("password", StringComparer.Ordinal) && config.ClientId is [_, ..];
    private readonly bool _clientCredentials = config.AuthMethods.Contains("client_credentials", StringComparer.Ordinal);

    /// <summary>Whether the request presents something for this.</summary>
    public bool IsPresented(HttpRequest request) => (_password || _clientCredentials) && Read(request) is not null;

    /// <summary>Null where the provider does not know them.</summary>
    public async Task<TokenSet?> ExchangeAsync(HttpRequest request, IssuerMetadata metadata)
    {
        if (Read(request) is not { } presented)
        {
            return null;
        }

        var (name, secret) = (Encoding.UTF8.GetString(presented.Username.Span), Encoding.UTF8.GetString(presented.Password.Span));
        return await _known.GetAsync(Fingerprint.Of($"{name}\n{secret}"), () => AskAsync(metadata, name, secret), tokens => config.CacheTokens ? tokens.ExpiresAt - Ahead : time.GetUtcNow());
    }

    private static BasicCredentials? Read(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && BasicCredentials.IsBasic(value) ? BasicCredentials.Parse(value) : null;

    private async Task<TokenSet?> AskAsync(IssuerMetadata metadata, string name, string secret)
    {
        var tokens = _password ? await endpoint.PasswordAsync(metadata, name, secret) : null;
        return tokens ?? (_clientCredentials ? await endpoint.ClientCredentialsAsync(metadata, name, secret) : null);
    }
}
