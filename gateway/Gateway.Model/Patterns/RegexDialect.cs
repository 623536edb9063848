using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gateway.Model.Patterns;

/// <summary>Translates PCRE, which Kong's users write, to .NET's dialect, and refuses by name what has no equivalent. The control plane asks it before it accepts a pattern, the data plane before it runs one.</summary>
public static class RegexDialect
{
    /// <summary>The same expression for .NET.</summary>
    /// <param name="problem">Which construct is not supported, where the result is false.</param>
    public static bool TryTranslate(string pattern, out string translated, [NotNullWhen(false)] out string? problem)
    {
        var output = new StringBuilder(pattern.Length + 8);
        problem = null;
        translated = string.Empty;
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            var rest = pattern.AsSpan(i);
            if (c == '\\')
            {
                if (!TryTranslateEscape(rest, inClass, output, out var consumed, out problem))
                {
                    return false;
                }

                i += consumed - 1;
            }
            else if (inClass)
            {
                if (rest.StartsWith("[:", StringComparison.Ordinal))
                {
                    var end = rest.IndexOf(":]", StringComparison.Ordinal);
                    if (end < 0 || PosixClass(rest[2..end]) is not { } members)
                    {
                        problem = "POSIX character class is not supported";
                        return false;
                    }

                    output.Append(members);
                    i += end + 1;
                    continue;
                }

                // .NET reads "-[" as subtraction and PCRE reads a plain "[": escaped, both agree.
                output.Append(c == '[' ? "\\[" : c.ToString());
                inClass = c != ']';
            }
            else if (c == '[')
            {
                // A "]" that comes first is a member of the class.
                output.Append(c);
                inClass = true;
                if (i + 1 < pattern.Length && pattern[i + 1] == '^')
                {
                    output.Append(pattern[++i]);
                }

                if (i + 1 < pattern.Length && pattern[i + 1] == ']')
                {
                    output.Append("\\]");
                    i++;
                }
            }
            else if (c == '(' && i + 1 < pattern.Length && pattern[i + 1] is '?' or '*')
            {
                if (!TryTranslateGroup(rest, output, out var consumed, out problem))
                {
                    return false;
                }

                i += consumed - 1;
            }
            else if (c is '*' or '+' or '?' or '}' && i + 1 < pattern.Length && pattern[i + 1] == '+')
            {
                problem = $"possessive quantifier {c}+ is not supported";
                return false;
            }
            else
            {
                // PCRE's $ also matches before a last line break, which a path has no use for.
                output.Append(c == '$' ? "\\z" : c.ToString());
            }
        }

        translated = output.ToString();
        return true;
    }

    /// <summary>The characters with which each match of an expression must begin.</summary>
    public static string LiteralPrefix(string translated)
    {
        if (translated.Contains('|'))
        {
            return string.Empty;
        }

        var prefix = new StringBuilder();
        var start = translated.StartsWith('^') ? 1 : 0;
        for (var i = start; i < translated.Length; i++)
        {
            var c = translated[i];
            if (c == '\\' && i + 1 < translated.Length && !char.IsAsciiLetterOrDigit(translated[i + 1]))
            {
                c = translated[++i];
            }
            else if (c is '*' or '?' or '{')
            {
                prefix.Length = Math.Max(0, prefix.Length - 1);
                break;
            }
            else if (c is '\\' or '.' or '[' or '(' or ')' or '+' or '^' or '$')
            {
                break;
            }

            prefix.Append(c);
        }

        return prefix.ToString();
    }

    private static bool TryTranslateEscape(
        ReadOnlySpan<char> rest, bool inClass, StringBuilder output, out int consumed, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        consumed = 2;
        if (rest.Length < 2)
        {
            problem = "invalid regex: ends in a backslash";
            return false;
        }

        switch (rest[1])
        {
            case 'h':
                output.Append(inClass ? "\\t\\x20" : "[\\t\\x20]");
                return true;
            case 'H' when !inClass:
                output.Append("[^\\t\\x20]");
                return true;
            case 'K' or 'R' or 'X' or 'C' or 'N' or 'Q' or 'E' or 'g' or 'o' or 'H':
                problem = $"escape \\{rest[1]} is not supported";
                return false;
            case 'Z':
                output.Append("\\z");
                return true;
            // PCRE's classes are ASCII, .NET's are Unicode.
            case 'd':
                output.Append(inClass ? "0-9" : "[0-9]");
                return true;
            case 'D' when !inClass:
                output.Append("[^0-9]");
                return true;
            case 'w':
                output.Append(inClass ? "A-Za-z0-9_" : "[A-Za-z0-9_]");
                return true;
            case 'W' when !inClass:
                output.Append("[^A-Za-z0-9_]");
                return true;
            case 'x' when rest.Length > 2 && rest[2] == '{':
                var end = rest.IndexOf('}');
                if (end < 0 || !int.TryParse(rest[3..end], System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code) || code > 0xFFFF)
                {
                    problem = "escape \\x{…} is not supported above FFFF";
                    return false;
                }

                output.Append("\\u").Append(code.ToString("X4", null));
                consumed = end + 1;
                return true;
            default:
                output.Append(rest[..2]);
                return true;
        }
    }

    private static bool TryTranslateGroup(ReadOnlySpan<char> rest, StringBuilder output, out int consumed, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        consumed = 0;
        if (rest[1] == '*')
        {
            problem = "backtracking verb (*…) is not supported";
            return false;
        }

        if (rest.StartsWith("(?P<", StringComparison.Ordinal))
        {
            output.Append("(?<");
            consumed = 4;
            return true;
        }

        if (rest.StartsWith("(?P=", StringComparison.Ordinal) && rest.IndexOf(')') is > 4 and var end)
        {
            output.Append("\\k<").Append(rest[4..end]).Append('>');
            consumed = end + 1;
            return true;
        }

        if (rest.StartsWith("(?P>", StringComparison.Ordinal) || rest.StartsWith("(?&", StringComparison.Ordinal)
            || rest.StartsWith("(?R", StringComparison.Ordinal) || (rest.Length > 2 && (char.IsAsciiDigit(rest[2]) || rest[2] == '+')))
        {
            problem = "recursion in a regex is not supported";
            return false;
        }

        if (rest.StartsWith("(?|", StringComparison.Ordinal))
        {
            problem = "branch reset (?|…) is not supported";
            return false;
        }

        output.Append("(?");
        consumed = 2;
        return true;
    }

    private static string? PosixClass(ReadOnlySpan<char> name) => name switch
    {
        "alpha" => "A-Za-z",
        "digit" => "0-9",
        "alnum" => "A-Za-z0-9",
        "upper" => "A-Z",
        "lower" => "a-z",
        "xdigit" => "A-Fa-f0-9",
        "word" => "A-Za-z0-9_",
        "space" => "\\s",
        "blank" => "\\t\\x20",
        "punct" => "!-/:-@\\[-`{-~",
        _ => null,
    };
}
