using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>Ends a session here, and at the provider (OpenID Connect RP-Initiated Logout 1.0; for Cognito, its own parameter beside).</summary>
internal sealed class Logout(OpenIdConnectConfig config, TokenEndpoint endpoint, SessionCookies cookies, ILogger logger)
{
    public bool IsAsked(HttpRequest request) =>
        config.LogoutMethods.Contains(request.Method, StringComparer.OrdinalIgnoreCase)
        && ((config.LogoutUriSuffix is { } suffix && request.Path.Value?.EndsWith(suffix, StringComparison.Ordinal) is true)
            || (config.LogoutQueryArg is { } argument && request.Query.ContainsKey(argument)));

    public async Task<GatewayResponse> EndAsync(RequestContext context, IssuerMetadata? metadata)
    {
        var session = cookies.Read(context.Http.Request);
        if (session is not null && metadata is not null && config.LogoutRevoke)
        {
            await RevokeAsync(context, metadata, session.Tokens);
        }

        var back = config.LogoutRedirectUri.One();
        var cleared = cookies.Clear(context);
        if ((config.EndSessionEndpoint ?? metadata?.Endpoint("end_session_endpoint")?.AbsoluteUri) is not { } end)
        {
            return back is not null
                ? Redirects.To(back, cleared)
                : new GatewayResponse(StatusCodes.Status200OK) { Headers = [new("Cache-Control", "no-store"), .. Redirects.Cookies(cleared)] };
        }

        var query = new List<KeyValuePair<string, string?>> { new("client_id", endpoint.ClientId) };
        if (session?.Tokens.IdToken is { } hint)
        {
            query.Add(new("id_token_hint", hint));
        }

        if (back is not null)
        {
            query.Add(new("post_logout_redirect_uri", back));
            if (new Uri(end).Host.EndsWith(".amazoncognito.com", StringComparison.OrdinalIgnoreCase))
            {
                query.Add(new("logout_uri", back));
            }
        }

        return Redirects.To(QueryHelpers.AddQueryString(end, query), cleared);
    }

    // Whoever wants to leave does, also where the provider is away.
    private async Task RevokeAsync(RequestContext context, IssuerMetadata metadata, TokenSet tokens)
    {
        try
        {
            if (config.LogoutRevokeRefreshToken && tokens.RefreshToken is { } refresh)
            {
                await endpoint.RevokeAsync(metadata, refresh, "refresh_token");
            }

            if (config.LogoutRevokeAccessToken)
            {
                await endpoint.RevokeAsync(metadata, tokens.AccessToken, "access_token");
            }
        }
        catch (ProviderException failure)
        {
            OpenIdConnectLog.ProviderFailed(logger, config.Issuer, failure.Message, context.RequestId);
        }
    }
}
