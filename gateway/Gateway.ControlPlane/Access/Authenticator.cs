using Gateway.ControlPlane.Access.Tokens;

namespace Gateway.ControlPlane.Access;

/// <summary>Turns a request's credential into a principal.</summary>
internal sealed class Authenticator(AdminToken adminToken, TokenDirectory tokens, OidcVerifier? oidc)
{
    /// <summary>Kong Manager's and decK's header.</summary>
    public const string KongHeader = "Kong-Admin-Token";

    private const string Scheme = "Bearer ";

    /// <summary>Null where the request shows none.</summary>
    public async Task<AuthenticationResult?> AuthenticateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var authorization = request.Headers.Authorization.ToString();
        string credential;
        if (authorization.Length > 0)
        {
            if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            {
                return AuthenticationResult.Refused("the Authorization header has another scheme than Bearer");
            }

            credential = authorization[Scheme.Length..].Trim();
        }
        else
        {
            credential = request.Headers[KongHeader].ToString();
        }

        return credential.Length is 0 && authorization.Length is 0 ? null : await VerifyAsync(credential, cancellationToken);
    }

    private async Task<AuthenticationResult> VerifyAsync(string credential, CancellationToken cancellationToken)
    {
        if (credential.StartsWith(TokenSecret.Prefix, StringComparison.Ordinal) && await tokens.FindAsync(credential, cancellationToken) is { } found)
        {
            return found;
        }

        if (adminToken.Matches(credential))
        {
            return AuthenticationResult.Of(new Principal(Principal.AdminTokenName, [new Grant(Role.Admin)]));
        }

        return oidc is not null && OidcVerifier.LooksLikeOne(credential)
            ? await oidc.VerifyAsync(credential, cancellationToken)
            : AuthenticationResult.Refused("the token is unknown: mistyped, revoked, or of another control plane");
    }
}
