using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.ProxyCache;

/// <summary>A client's conditional request (RFC 9110, section 13), which a cache may answer itself.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Conditions(StringValues IfNoneMatch, string? IfModifiedSince)
{
    public static Conditions Of(IHeaderDictionary headers) => new(headers.IfNoneMatch, headers.IfModifiedSince);

    /// <summary>Whether the client has this response already.</summary>
    public bool AreMetBy(CachedResponse response)
    {
        if (response.Status != StatusCodes.Status200OK)
        {
            return false;
        }

        if (IfNoneMatch.Count > 0)
        {
            return Matches(IfNoneMatch, response.Header("ETag").ToString());
        }

        return Freshness.TryDate(IfModifiedSince, out var since) && Freshness.TryDate(response.Header("Last-Modified"), out var modified) && modified <= since;
    }

    // The weak comparison (RFC 9110, section 8.8.3.2): W/"a" and "a" are the same.
    private static bool Matches(StringValues candidates, string tag)
    {
        if (tag.Length == 0)
        {
            return false;
        }

        foreach (var line in candidates)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var candidate = line.AsSpan(range).Trim();
                if (candidate is "*" || Opaque(candidate).SequenceEqual(Opaque(tag)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Opaque(ReadOnlySpan<char> tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
