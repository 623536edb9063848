using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Model.Patterns;

namespace Gateway.DataPlane.Routing;

/// <summary>
/// A regular expression of a route, in Kong's dialect, anchored at the start. Runs in linear time where the expression allows it; otherwise (look-around,
/// back-references, atomic groups) under a time limit, after which it does not match.
/// </summary>
internal sealed class PathPattern
{
    private readonly Regex _regex;

    private PathPattern(Regex regex, string literalPrefix)
    {
        _regex = regex;
        LiteralPrefix = literalPrefix;
    }

    /// <summary>What every match begins with: where the expression lies in the tree of paths.</summary>
    public string LiteralPrefix { get; }

    /// <summary>Compiles an expression; null and the reason where it cannot be.</summary>
    public static PathPattern? TryCreate(string pattern, bool anchored, bool ignoreCase, out string? problem)
    {
        if (!RegexDialect.TryTranslate(pattern, out var translated, out problem))
        {
            return null;
        }

        var source = anchored ? $@"\A(?:{translated})" : translated;
        var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        var prefix = anchored && !ignoreCase ? RegexDialect.LiteralPrefix(translated) : string.Empty;
        try
        {
            return new PathPattern(TextPattern.Compile(source, options), prefix);
        }
        catch (ArgumentException invalid)
        {
            problem = invalid is RegexParseException parse ? $"invalid regex: {parse.Error} at offset {parse.Offset}" : "invalid regex";
            return null;
        }
    }

    /// <summary>How many characters the first match covers, -1 for none.</summary>
    public int Match(ReadOnlySpan<char> text)
    {
        try
        {
            foreach (var match in _regex.EnumerateMatches(text))
            {
                return match.Length;
            }

            return -1;
        }
        catch (RegexMatchTimeoutException)
        {
            return -1;
        }
    }

    /// <summary>What a group covers in the first match; null where there is no match, no such group, or it took no part.</summary>
    /// <param name="group">A name, or a number; 0 is the whole match.</param>
    public string? Capture(string text, string group)
    {
        try
        {
            var match = _regex.Match(text);
            var capture = int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? match.Groups[number] : match.Groups[group];
            return match.Success && capture.Success ? capture.Value : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
