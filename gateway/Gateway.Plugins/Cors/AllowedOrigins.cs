using System.Buffers;
using Gateway.Model.Patterns;
using Gateway.Model.Plugins.Cors;

namespace Gateway.Plugins.Cors;

/// <summary>Whose scripts may read responses.</summary>
internal sealed class AllowedOrigins
{
    private static readonly SearchValues<char> Literal = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:/-");

    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);
    private readonly List<OriginPattern> _patterns = [];

    /// <param name="config">Valid: the schema has checked the expressions.</param>
    public AllowedOrigins(CorsConfig config)
    {
        var origins = config.Origins ?? [];
        IsAny = origins.Count == 0 || origins is ["*"];
        if (origins is [{ } only] && !only.AsSpan().ContainsAnyExcept(Literal))
        {
            Only = only;
        }

        foreach (var origin in origins)
        {
            if (origin is "*")
            {
                // Among others it stands for all of them, but caches are told that the answer depends on the origin.
                HasAny = true;
            }
            else if (!origin.AsSpan().ContainsAnyExcept(Literal))
            {
                _exact.Add(Origin.Parse(origin).Domain);
            }
            else if (TextPattern.TryCreate(origin, wholeText: true, out var pattern, out var problem))
            {
                _patterns.Add(new OriginPattern(pattern, !origin.Contains(':', StringComparison.Ordinal)));
            }
            else
            {
                throw new ArgumentException($"'{origin}' is no expression: {problem}", nameof(config));
            }
        }
    }

    /// <summary>Every origin, whatever it is.</summary>
    public bool IsAny { get; }

    /// <summary>Every origin, by a <c>*</c> among others.</summary>
    public bool HasAny { get; }

    /// <summary>The only one there is, said to every client; null where it depends on the client's.</summary>
    public string? Only { get; }

    /// <summary>The origin to name in the answer, null where it is not allowed.</summary>
    public string? Find(string requested)
    {
        var origin = Origin.Parse(requested);
        if (_exact.Contains(origin.Domain))
        {
            return origin.Domain;
        }

        foreach (var pattern in _patterns)
        {
            if (pattern.IsMatch(origin))
            {
                return origin.Domain;
            }
        }

        return null;
    }
}
