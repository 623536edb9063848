using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Gateway.Model.Patterns;

/// <summary>
/// A regular expression of a plugin's config, in Kong's dialect. Runs in linear time where the expression allows it; otherwise (look-around, back-references,
/// atomic groups) under a time limit.
/// </summary>
public sealed class TextPattern
{
    /// <summary>What a single match of a backtracking expression may take.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(10);

    private readonly Regex _regex;

    private TextPattern(Regex regex) => _regex = regex;

    /// <summary>Compiles an expression.</summary>
    /// <param name="wholeText">Whether it must match all of a text instead of any part.</param>
    /// <param name="problem">Why it cannot be compiled, where the result is false.</param>
    public static bool TryCreate(string pattern, bool wholeText, [NotNullWhen(true)] out TextPattern? compiled, [NotNullWhen(false)] out string? problem)
    {
        compiled = null;
        if (!RegexDialect.TryTranslate(pattern, out var translated, out problem))
        {
            return false;
        }

        try
        {
            compiled = new TextPattern(Compile(wholeText ? $@"\A(?:{translated})\z" : translated, RegexOptions.CultureInvariant));
            return true;
        }
        catch (ArgumentException invalid)
        {
            problem = invalid.Message;
            return false;
        }
    }

    /// <param name="otherwise">The answer where the time limit ends the search: whichever fails closed.</param>
    public bool IsMatch(ReadOnlySpan<char> text, bool otherwise)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return otherwise;
        }
    }

    /// <summary>The linear-time engine's expression if it can run it, else one under the time limit.</summary>
    /// <exception cref="ArgumentException">It is no expression.</exception>
    public static Regex Compile(string source, RegexOptions options)
    {
        try
        {
            return new Regex(source, options | RegexOptions.NonBacktracking, Timeout.InfiniteTimeSpan);
        }
        catch (NotSupportedException)
        {
            // The linear-time engine says by an exception what it does not support.
            return new Regex(source, options, TimeLimit);
        }
    }
}
