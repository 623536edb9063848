using System.Collections.Frozen;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.ProxyCache;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.ProxyCache;

/// <summary>Which requests may be answered from a cache, and which responses may be kept.</summary>
internal sealed class CacheRules(ProxyCacheConfig config)
{
    // Of one connection, of one request, or counted by the server that sends the response.
    private static readonly FrozenSet<string> NotKept = FrozenSet.ToFrozenSet(
        [
            "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Age",
            "X-Kong-Request-Id", "X-Kong-Upstream-Latency", "X-Kong-Proxy-Latency", "X-Kong-Response-Latency",
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly FrozenSet<string> _methods = FrozenSet.ToFrozenSet(config.RequestMethod, StringComparer.Ordinal);
    private readonly FrozenSet<int> _statuses = FrozenSet.ToFrozenSet(config.ResponseCode);
    private readonly MediaTypes _types = new(config.ContentType);

    public bool MayAnswer(HttpRequest request, CacheDirectives directives) =>
        _methods.Contains(request.Method)
        && request.Headers.Range.Count == 0
        && request.Headers.Upgrade.Count == 0
        && !directives.Has("no-store")
        && !directives.Has("no-cache");

    /// <summary>What is to be kept of an upstream's response, its body to come; null where it must not be, or would be of no use.</summary>
    public CachedResponse? Keep(RequestContext context, string key, DateTimeOffset now)
    {
        var response = context.Http.Response;
        var headers = response.Headers;
        if (!_statuses.Contains(response.StatusCode)
            || response.StatusCode == StatusCodes.Status206PartialContent
            || headers.SetCookie.Count > 0
            || !_types.Contain(headers.ContentType))
        {
            return null;
        }

        var directives = CacheDirectives.Parse(headers.CacheControl);
        var lifetime = Lifetime(context.Http.Request.Headers, headers, directives, now);
        if (lifetime <= TimeSpan.Zero || VaryOf(headers) is not { } vary)
        {
            return null;
        }

        return new CachedResponse
        {
            Status = response.StatusCode,
            Headers = HeadersOf(context),
            StoredAt = now,
            InitialAge = InitialAge(headers),
            Lifetime = lifetime,
            MustRevalidate = directives.Has("must-revalidate") || directives.Has("proxy-revalidate") || directives.Has("s-maxage"),
            Vary = vary,
            Key = vary.Count == 0 ? key : CacheKeys.Variant(key, vary, context.Http.Request.Headers),
        };
    }

    /// <summary>A kept response that its upstream has confirmed: as before, with the headers that the confirmation brought (RFC 9111, section 4.3.4).</summary>
    public CachedResponse Refresh(CachedResponse kept, RequestContext context, DateTimeOffset now)
    {
        var headers = context.Http.Response.Headers;
        var merged = kept.Headers.Where(header => !headers.ContainsKey(header.Key) || IsOfBody(header.Key))
            .Concat(HeadersOf(context).Where(header => !IsOfBody(header.Key)))
            .ToList();
        IHeaderDictionary all = new HeaderDictionary();
        foreach (var (name, values) in merged)
        {
            all[name] = values;
        }

        var directives = CacheDirectives.Parse(all.CacheControl);
        return kept with
        {
            Headers = merged,
            StoredAt = now,
            InitialAge = InitialAge(headers),
            Lifetime = Lifetime(context.Http.Request.Headers, all, directives, now),
        };
    }

    private TimeSpan Lifetime(IHeaderDictionary request, IHeaderDictionary headers, CacheDirectives directives, DateTimeOffset now)
    {
        if (!config.CacheControl)
        {
            return TimeSpan.FromSeconds(config.CacheTtl);
        }

        // RFC 9111, section 3.5: what was made for an authorised request is for others only where the response says so.
        var isForbidden = directives.Has("no-store") || directives.Has("private") || directives.Has("no-cache")
            || (request.Authorization.Count > 0 && !directives.Has("public") && !directives.Has("s-maxage") && !directives.Has("must-revalidate"));
        return isForbidden ? TimeSpan.Zero : Freshness.LifetimeOf(headers, directives, now);
    }

    // Null for *, which no request matches. A header that the keys hold already makes no further difference, but does no harm.
    private static List<string>? VaryOf(IHeaderDictionary headers)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var line in headers.Vary)
        {
            foreach (var name in (line ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (name == "*")
                {
                    return null;
                }

                names.Add(name.ToLowerInvariant());
            }
        }

        return [.. names];
    }

    private static List<KeyValuePair<string, StringValues>> HeadersOf(RequestContext context)
    {
        var isHead = HttpMethods.IsHead(context.Http.Request.Method);
        var kept = new List<KeyValuePair<string, StringValues>>();
        foreach (var header in context.Http.Response.Headers)
        {
            // What plugins set for this request they set for the next one too. A body brings its own length.
            if (!NotKept.Contains(header.Key)
                && !context.ResponseHeaders.Contains(header.Key)
                && (isHead || !string.Equals(header.Key, "Content-Length", StringComparison.OrdinalIgnoreCase)))
            {
                kept.Add(header);
            }
        }

        return kept;
    }

    private static bool IsOfBody(string header) =>
        string.Equals(header, "Content-Length", StringComparison.OrdinalIgnoreCase)
        || string.Equals(header, "Content-Encoding", StringComparison.OrdinalIgnoreCase)
        || string.Equals(header, "Content-Range", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan InitialAge(IHeaderDictionary headers) =>
        uint.TryParse(headers.Age, out var seconds) ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue)) : TimeSpan.Zero;
}
