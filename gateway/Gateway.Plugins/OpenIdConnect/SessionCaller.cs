using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.OpenIdConnect;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>Callers with a session: their access token is renewed ahead of its end, by one request for all that come at the same time.</summary>
internal sealed class SessionCaller(OpenIdConnectConfig config, SessionCookies cookies, TokenEndpoint endpoint, TimeProvider time)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30);

    /// <summary>How long requests that still bring the cookies of before get the tokens that are newer.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(60);

    private readonly SharedAnswers<TokenSet> _refreshed = new(time);

    /// <summary>Null where there is no session, or it has come to its end.</summary>
    public async Task<Caller?> FindAsync(RequestContext context, IssuerMetadata metadata)
    {
        if (cookies.Read(context.Http.Request) is not { } session)
        {
            return null;
        }

        var tokens = session.Tokens;
        var now = time.GetUtcNow();
        if (tokens.ExpiresAt - Ahead <= now)
        {
            var newer = await RefreshAsync(metadata, tokens, mustSucceed: tokens.ExpiresAt <= now);
            if (newer is null && tokens.ExpiresAt <= now)
            {
                return null;
            }

            tokens = newer ?? tokens;
        }

        if (!ReferenceEquals(tokens, session.Tokens) || cookies.NeedsTouch(session))
        {
            foreach (var field in cookies.Write(context, cookies.Touch(session) with { Tokens = tokens }))
            {
                context.ResponseHeaders.Append("Set-Cookie", field);
            }
        }

        return new Caller(tokens.Claims(), tokens.AccessToken, tokens.IdToken, Hide: null);
    }

    private async Task<TokenSet?> RefreshAsync(IssuerMetadata metadata, TokenSet tokens, bool mustSucceed)
    {
        if (!config.RefreshTokens || tokens.RefreshToken is null)
        {
            return null;
        }

        try
        {
            return await _refreshed.GetAsync(Fingerprint.Of(tokens.RefreshToken), () => endpoint.RefreshAsync(metadata, tokens), _ => time.GetUtcNow() + Overlap);
        }
        catch (ProviderException) when (!mustSucceed)
        {
            // It is good for a while yet, and the next request tries again.
            return null;
        }
    }
}
