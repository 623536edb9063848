using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gateway.DataPlane.Forwarding;

/// <summary>What is for this hop alone (RFC 9110, section 7.6.1) beside the fields that every transport knows.</summary>
internal static class HopHeaders
{
    /// <summary>Removes what may not go on, and what a client declares to be for this hop.</summary>
    public static void Remove(IHeaderDictionary headers)
    {
        headers.Remove("Proxy");
        headers.Remove("Proxy-Authorization");
        var connection = headers.Connection;
        for (var i = 0; i < connection.Count; i++)
        {
            if (connection[i] is not { } value || value is "keep-alive" or "close" or "Upgrade" or "upgrade")
            {
                continue;
            }

            foreach (var range in value.AsSpan().Split(','))
            {
                var name = value.AsSpan(range).Trim();
                if (!name.Equals(HeaderNames.Upgrade, StringComparison.OrdinalIgnoreCase)
                    && !name.Equals("close", StringComparison.OrdinalIgnoreCase)
                    && !name.Equals(HeaderNames.KeepAlive, StringComparison.OrdinalIgnoreCase)
                    && !name.Equals(HeaderNames.TE, StringComparison.OrdinalIgnoreCase)
                    && !name.IsEmpty)
                {
                    headers.Remove(name.ToString());
                }
            }
        }
    }
}
