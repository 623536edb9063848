using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.OpenIdConnect;

internal static class Redirects
{
    /// <summary>302, which nobody may keep.</summary>
    public static GatewayResponse To(string address, IEnumerable<string> cookies) => new(StatusCodes.Status302Found)
    {
        Headers = [new("Location", address), new("Cache-Control", "no-store"), .. Cookies(cookies)],
    };

    /// <summary>As fields of an answer of the gateway's own.</summary>
    public static IEnumerable<KeyValuePair<string, StringValues>> Cookies(IEnumerable<string> cookies) =>
        cookies.ToArray() is { Length: > 0 } fields ? [new("Set-Cookie", new StringValues(fields))] : [];
}
