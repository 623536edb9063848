using Gateway.Model.Plugins.Jwt;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Plugins.Jwt;

/// <summary>Looks for the token in all places that it may be in: a request that holds two different ones is ambiguous.</summary>
internal static class PresentedToken
{
    private const string Scheme = "Bearer ";

    /// <returns>False where there are several.</returns>
    public static bool TryFind(HttpRequest request, JwtConfig config, out string? token)
    {
        token = null;
        var isOnly = true;
        foreach (var name in config.HeaderNames)
        {
            if (request.Headers[name] is [{ } value, ..] && InHeader(value) is { Length: > 0 } found)
            {
                isOnly &= Take(found, ref token);
            }
        }

        if (request.QueryString.HasValue && config.UriParamNames.Count > 0)
        {
            foreach (var parameter in new QueryStringEnumerable(request.QueryString.Value.AsMemory()))
            {
                if (!parameter.EncodedValue.IsEmpty && IsNamed(config.UriParamNames, parameter.DecodeName().Span))
                {
                    isOnly &= Take(parameter.DecodeValue().ToString(), ref token);
                }
            }
        }

        foreach (var name in config.CookieNames)
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

    private static bool IsNamed(IReadOnlyList<string> names, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (name.SequenceEqual(names[i]))
            {
                return true;
            }
        }

        return false;
    }
}
