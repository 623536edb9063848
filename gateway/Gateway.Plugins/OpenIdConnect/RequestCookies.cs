using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.OpenIdConnect;

internal static class RequestCookies
{
    /// <summary>Takes cookies off a request; all others stay as they were written.</summary>
    public static void Remove(HttpRequest request, Func<string, bool> isUnwanted)
    {
        var fields = request.Headers.Cookie;
        if (fields.Count == 0)
        {
            return;
        }

        var pairs = fields.SelectMany(static field => (field ?? string.Empty).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (pairs.RemoveAll(pair => isUnwanted(pair.Split('=', 2)[0])) > 0)
        {
            request.Headers.Cookie = pairs.Count == 0 ? default : new StringValues(string.Join("; ", pairs));
        }
    }
}
