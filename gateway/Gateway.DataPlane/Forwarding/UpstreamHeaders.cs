using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gateway.DataPlane.Forwarding;

/// <summary>
/// The headers that tell an upstream about client and gateway. Those of a client that is no trusted proxy are replaced; only <c>X-Forwarded-For</c> is a list, to
/// which every hop adds.
/// </summary>
internal static class UpstreamHeaders
{
    private const string For = "X-Forwarded-For";
    private const string Proto = "X-Forwarded-Proto";
    private const string Host = "X-Forwarded-Host";
    private const string Port = "X-Forwarded-Port";
    private const string Path = "X-Forwarded-Path";
    private const string Prefix = "X-Forwarded-Prefix";
    private const string RealIp = "X-Real-IP";

    /// <summary>Writes the headers that the upstream sees.</summary>
    public static void Write(RequestContext context)
    {
        var http = context.Http;
        var headers = http.Request.Headers;
        RemoveConnectionHeaders(headers);

        var peer = context.PeerAddress.ToString();
        headers[For] = headers.TryGetValue(For, out var hops) && hops.Count > 0 ? $"{hops}, {peer}" : peer;
        headers[RealIp] = context.ClientAddress.ToString();
        Set(context, headers, Proto, context.Scheme);
        Set(context, headers, Host, http.Request.Host.Host);
        Set(context, headers, Port, (http.Connection.LocalPort).ToString(provider: null));
        Set(context, headers, Path, context.Path.ToString());
        if (context.Plan!.Route is { Entity.StripPath: true } route && context.MatchedLength > 0 && route.Criteria.Paths is not null)
        {
            Set(context, headers, Prefix, context.Path[..context.MatchedLength].ToString());
        }
        else if (!context.IsTrustedPeer)
        {
            headers.Remove(Prefix);
        }

        headers[ResponseWriter.RequestIdHeader] = context.RequestId;
    }

    private static void Set(RequestContext context, IHeaderDictionary headers, string name, string value)
    {
        if (!context.IsTrustedPeer || headers[name].Count == 0)
        {
            headers[name] = value;
        }
    }

    // What a client declares to be for this hop alone (RFC 9110, section 7.6.1). The standard ones the forwarder knows.
    private static void RemoveConnectionHeaders(IHeaderDictionary headers)
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
