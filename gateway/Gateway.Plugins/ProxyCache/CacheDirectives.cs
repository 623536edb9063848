using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.ProxyCache;

/// <summary>A <c>Cache-Control</c> header (RFC 9111, section 5.2).</summary>
internal sealed class CacheDirectives
{
    /// <summary>What stands for a number that is too large, or for <c>max-stale</c> without one (RFC 9111, section 1.2.2).</summary>
    private const long Forever = int.MaxValue;

    private readonly Dictionary<string, string?> _directives = new(StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => _directives.Count == 0;

    public static CacheDirectives Parse(StringValues header)
    {
        var directives = new CacheDirectives();
        foreach (var line in header)
        {
            directives.Add(line.AsSpan());
        }

        return directives;
    }

    public bool Has(string name) => _directives.ContainsKey(name);

    /// <summary>The number of a directive; null where it is absent, <see cref="Forever"/> where it needs none, 0 where it is none.</summary>
    public TimeSpan? Seconds(string name)
    {
        if (!_directives.TryGetValue(name, out var value))
        {
            return null;
        }

        if (value is null)
        {
            return TimeSpan.FromSeconds(string.Equals(name, "max-stale", StringComparison.OrdinalIgnoreCase) ? Forever : 0);
        }

        // What is no number is stale (RFC 9111, section 4.2.1).
        return ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds((long)Math.Min(seconds, Forever))
            : value.Length > 0 && value.All(char.IsAsciiDigit) ? TimeSpan.FromSeconds(Forever)
            : TimeSpan.Zero;
    }

    // A comma inside a quoted value, such as private="a, b", parts nothing.
    private void Add(ReadOnlySpan<char> line)
    {
        while (!line.IsEmpty)
        {
            var end = 0;
            var isQuoted = false;
            while (end < line.Length && (isQuoted || line[end] != ','))
            {
                isQuoted ^= line[end] == '"';
                end++;
            }

            var directive = line[..end].Trim();
            line = end < line.Length ? line[(end + 1)..] : default;
            if (directive.IsEmpty)
            {
                continue;
            }

            var equals = directive.IndexOf('=');
            var name = (equals < 0 ? directive : directive[..equals]).Trim().ToString();
            _directives.TryAdd(name, equals < 0 ? null : directive[(equals + 1)..].Trim().Trim('"').ToString());
        }
    }
}
