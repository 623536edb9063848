using Gateway.Model.Plugins.Jwt;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Plugins.Jwt;

/// <summary>Looks for the token in all places that it may be in: a request that holds two different ones is ambiguous.</summary>
internal sealed class PresentedToken(JwtConfig config)
{
    private const string Scheme = "Bearer ";

    // Arrays are enumerated without enumerators.
    private readonly string[] _headers = [.. config.HeaderNames];
    private readonly string[] _parameters = [.. config.UriParamNames];
    private readonly string[] _cookies = [.. config.CookieNames];

    /// <returns>False where there are several.</returns>
    public bool TryFind(HttpRequest request, out string? token)
    {
        token = null;
        var isOnly = true;
        foreach (var name in _headers)
        {
            if (request.Headers[name] is [{ } value, ..] && InHeader(value) is { Length: > 0 } found)
            {
                isOnly &= Take(found, ref token);
            }
        }

        if (request.QueryString.HasValue && _parameters.Length > 0)
        {
            foreach (var parameter in new QueryStringEnumerable(request.QueryString.Value.AsMemory()))
            {
                if (!parameter.EncodedValue.IsEmpty && IsNamed(parameter.DecodeName().Span))
                {
                    isOnly &= Take(parameter.DecodeValue().ToString(), ref token);
                }
            }
        }

        foreach (var name in _cookies)
        {
            if (request.Cookies[name] is { Length: > 0 } cookie)
            {
                isOnly &= Take(cookie, ref token);
            }
        }

        return isOnly;
    }

    private static string? InHeader(string value)
    {
        var text = value.AsSpan().Trim();
        return text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..].TrimStart().ToString() : null;
    }

    private static bool Take(string found, ref string? token)
    {
        token ??= found;
        return string.Equals(token, found, StringComparison.Ordinal);
    }

    private bool IsNamed(ReadOnlySpan<char> name)
    {
        foreach (var known in _parameters)
        {
            if (name.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}
