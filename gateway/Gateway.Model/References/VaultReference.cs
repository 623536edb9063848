using System.Diagnostics.CodeAnalysis;

namespace Gateway.Model.References;

/// <summary>
/// A value that is kept elsewhere, in Kong's syntax: <c>{vault://env/NAME}</c>, <c>{vault://env/NAME/KEY}</c> for a string of a JSON object,
/// <c>{vault://env/NAME?prefix=PREFIX}</c>, and this gateway's <c>{vault://file/PATH}</c>.
/// </summary>
/// <param name="Source"><c>env</c> or <c>file</c>.</param>
/// <param name="Name">The variable's name with its prefix, as the environment has it; or the file's path below the data plane's folder of references.</param>
/// <param name="Key">The property of a JSON object, null where the value is all there is.</param>
public sealed record VaultReference(string Source, string Name, string? Key)
{
    public const string Environment = "env";
    public const string File = "file";

    private const string Start = "{vault://";
    private const string Prefix = "prefix=";

    /// <summary>True where the text is meant as a reference, though it may be a wrong one.</summary>
    public static bool IsReference(string text) => text.StartsWith(Start, StringComparison.Ordinal);

    /// <summary>Reads a reference; where it is none, <paramref name="problem"/> says why.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VaultReference? reference, [NotNullWhen(false)] out string? problem)
    {
        reference = null;
        problem = "is not a reference";
        if (!IsReference(text) || !text.EndsWith('}'))
        {
            return false;
        }

        var inner = text[Start.Length..^1];
        var slash = inner.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == inner.Length - 1)
        {
            return false;
        }

        var source = inner[..slash];
        var rest = inner[(slash + 1)..];
        switch (source)
        {
            case Environment:
                reference = Variable(rest);
                break;
            case File:
                reference = IsPath(rest) ? new VaultReference(File, rest, Key: null) : null;
                break;
            default:
                problem = $"refers to '{source}', which is not supported by this version";
                return false;
        }

        if (reference is null)
        {
            return false;
        }

        problem = null;
        return true;
    }

    // As Kong's: dashes are underscores, and letters are capitals.
    private static VaultReference? Variable(string rest)
    {
        var prefix = "";
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0)
        {
            if (!rest.AsSpan(query + 1).StartsWith(Prefix, StringComparison.Ordinal))
            {
                return null;
            }

            prefix = rest[(query + 1 + Prefix.Length)..];
            rest = rest[..query];
        }

        var parts = rest.Split('/');
        var name = (prefix + parts[0]).Replace('-', '_').ToUpperInvariant();
        return parts.Length <= 2 && parts[0].Length > 0 && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') && parts[^1].Length > 0
            ? new VaultReference(Environment, name, parts.Length == 2 ? parts[1] : null)
            : null;
    }

    private static bool IsPath(string path) =>
        !path.Contains('\0', StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal)
        && path.Split('/').All(static part => part is not ("" or "." or ".."));
}
