using Gateway.Model.Plugins.OpenIdConnect;
using Gateway.Plugins.KeyAuth;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>Finds a bearer token (RFC 6750, section 2; and in a cookie), and takes it off the request.</summary>
internal sealed class PresentedBearer(OpenIdConnectConfig config)
{
    private const string Parameter = "access_token";
    private const string Scheme = "Bearer ";

    private readonly bool _inHeader = config.BearerTokenParamType.Contains("header", StringComparer.Ordinal);
    private readonly bool _inQuery = config.BearerTokenParamType.Contains("query", StringComparer.Ordinal);
    private readonly bool _inBody = config.BearerTokenParamType.Contains("body", StringComparer.Ordinal);
    private readonly string? _cookie = config.BearerTokenParamType.Contains("cookie", StringComparer.Ordinal) ? config.BearerTokenCookieName : null;

    /// <returns>Null where there is none; and how to take it off.</returns>
    public async ValueTask<(string? Token, Action? Hide)> FindAsync(HttpContext http)
    {
        var request = http.Request;
        if (_inHeader && request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && value.AsSpan(Scheme.Length).Trim() is { Length: > 0 } token)
        {
            return (token.ToString(), () => request.Headers.Authorization = default);
        }

        if (_inQuery && request.QueryString.HasValue && KeyInQuery.Find(request.QueryString.Value.AsMemory(), Parameter).Value is { Length: > 0 } inQuery)
        {
            return (inQuery, () => KeyInQuery.Hide(request, Parameter));
        }

        if (_cookie is not null && request.Cookies[_cookie] is { Length: > 0 } inCookie)
        {
            return (inCookie, () => RequestCookies.Remove(request, name => name == _cookie));
        }

        // A body is only read where it can hold a token: it then has to come before the request goes on.
        if (_inBody && request.HasFormContentType && await KeyInBody.ReadAsync(http) is { } body && body.Find(Parameter).Value is { Length: > 0 } inBody)
        {
            return (inBody, () => body.Hide(http, Parameter));
        }

        return (null, null);
    }
}
