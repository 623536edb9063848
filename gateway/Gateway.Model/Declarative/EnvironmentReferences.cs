using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Model.Declarative;

/// <summary>
/// decK's references to environment variables in a file: <c>${{ env "DECK_HOST" }}</c>, with <c>| toInt</c>, <c>| toFloat</c>, <c>| toBool</c> or <c>| indent 8</c> behind the name.
/// </summary>
/// <remarks>
/// decK replaces text and then reads YAML, so that a value with a colon or a line break changes the file's structure. Here the file is read first, and a value is a value:
/// references become marks that no file holds, and the reader of scalars puts the values in their place.
/// </remarks>
/// <param name="variables">A variable's value, null where it is not set.</param>
public sealed partial class EnvironmentReferences(Func<string, string?> variables)
{
    /// <summary>As in decK, so that a file can't read what was meant for others.</summary>
    public const string Prefix = "DECK_";

    // Of Unicode's private use area.
    private const char Start = '\uE000';
    private const char End = '\uE001';

    private readonly List<string> _bodies = [];

    /// <summary>The text with a mark in place of each reference.</summary>
    /// <exception cref="FormatException">The text holds the marks' own characters.</exception>
    internal string Mark(string text)
    {
        if (!text.Contains("${{", StringComparison.Ordinal))
        {
            return text;
        }

        if (text.AsSpan().IndexOfAny(Start, End) >= 0)
        {
            throw new FormatException("the characters U+E000 and U+E001 can't stand in a file with references to the environment");
        }

        return Reference().Replace(text, match =>
        {
            _bodies.Add(match.Groups["body"].Value.Trim());
            return string.Create(CultureInfo.InvariantCulture, $"{Start}{_bodies.Count - 1}{End}");
        });
    }

    internal static bool HasMark(string text) => text.Contains(Start, StringComparison.Ordinal);

    /// <summary>The text with the values in place of the marks.</summary>
    /// <exception cref="FormatException">A reference can't be resolved; the message never holds a value.</exception>
    internal string Resolve(string text, long line) => MarkPattern().Replace(text, match =>
    {
        var body = _bodies[int.Parse(match.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)];
        return Value(body) is var (value, problem) && problem is null ? value! : throw new FormatException($"line {line}: ${{{{ {body} }}}}: {problem}");
    });

    private (string? Value, string? Problem) Value(string body)
    {
        if (Body().Match(body) is not { Success: true } parts)
        {
            return (null, "not understood (allowed: env \"DECK_NAME\", and | toInt, | toFloat, | toBool, | indent N behind it)");
        }

        var name = parts.Groups["name"].Value;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return (null, $"the environment variable's name must begin with {Prefix}");
        }

        if (variables(name) is not { } value)
        {
            return (null, $"the environment variable {name} is not set");
        }

        var problem = parts.Groups["function"].Value switch
        {
            "toInt" when !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => $"{name} is not a whole number",
            "toFloat" when !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => $"{name} is not a number",
            "toBool" when value is not ("true" or "false") => $"{name} is neither true nor false",
            _ => null,
        };

        // An indent serves decK's way of replacing text; a value keeps its lines here without.
        return problem is null ? (value, null) : (null, problem);
    }

    [GeneratedRegex(@"\$\{\{(?<body>[^\r\n]*?)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\uE000(?<index>\d+)\uE001", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MarkPattern();

    // In JSON the quotes are escaped.
    [GeneratedRegex(@"^env\s+\\?[""`](?<name>\w+)\\?[""`](\s*\|\s*((?<function>toInt|toFloat|toBool)|indent\s+\d+))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Body();
}
