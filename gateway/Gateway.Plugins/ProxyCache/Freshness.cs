using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.ProxyCache;

/// <summary>RFC 9111's sums: for how long a response is good, and whether a request may be given it.</summary>
internal static class Freshness
{
    /// <summary>What a response says about its lifetime: <c>s-maxage</c>, <c>max-age</c>, <c>Expires</c>; zero where it says nothing.</summary>
    public static TimeSpan LifetimeOf(IHeaderDictionary headers, CacheDirectives directives, DateTimeOffset now)
    {
        if ((directives.Seconds("s-maxage") ?? directives.Seconds("max-age")) is { } age)
        {
            return age;
        }

        if (headers.Expires.Count == 0 || !TryDate(headers.Expires[^1], out var expires))
        {
            return TimeSpan.Zero;
        }

        var made = TryDate(headers.Date, out var date) ? date : now;
        return expires > made ? expires - made : TimeSpan.Zero;
    }

    /// <summary>Whether a kept response will do for a request that says this about its age.</summary>
    public static bool Satisfies(CachedResponse response, CacheDirectives request, DateTimeOffset now)
    {
        var age = response.AgeAt(now);
        if (request.Seconds("max-age") is { } oldest && age > oldest)
        {
            return false;
        }

        if (request.Seconds("min-fresh") is { } left && response.Lifetime - age < left)
        {
            return false;
        }

        return age < response.Lifetime
            || (!response.MustRevalidate && request.Seconds("max-stale") is { } stale && age - response.Lifetime <= stale);
    }

    public static bool TryDate(string? text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out date);
}
