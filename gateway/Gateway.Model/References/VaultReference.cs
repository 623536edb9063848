using System.Diagnostics.CodeAnalysis;

namespace Gateway.Model.References;

/// <summary>
/// A value that is kept elsewhere, in Kong's syntax: <c>{vault://env/NAME}</c>, <c>{vault://env/NAME/KEY}</c> for a string of a JSON object,
/// <c>{vault://env/NAME?prefix=PREFIX}</c>, <c>{vault://aws/SECRET/KEY?region=REGION}</c> for AWS Secrets Manager, and this gateway's <c>{vault://file/PATH}</c>.
/// </summary>
/// <param name="Source"><c>env</c>, <c>file</c> or <c>aws</c>.</param>
/// <param name="Name">The variable's name with its prefix, as the environment has it; the file's path below the data plane's folder of references; or the secret's name or ARN.</param>
/// <param name="Key">The property of a JSON object, null where the value is all there is.</param>
/// <param name="Region">Of a secret; null for the data plane's own.</param>
public sealed record VaultReference(string Source, string Name, string? Key, string? Region = null)
{
    public const string Environment = "env";
    public const string File = "file";
    public const string Aws = "aws";

    private const string Start = "{vault://";
    private const string Prefix = "prefix=";
    private const string RegionParameter = "region=";

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
            case Aws:
                reference = Secret(rest);
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

    // A slash in a secret's name is written %2F: what follows a plain one is the key.
    private static VaultReference? Secret(string rest)
    {
        string? region = null;
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0)
        {
            if (!rest.AsSpan(query + 1).StartsWith(RegionParameter, StringComparison.Ordinal))
            {
                return null;
            }

            region = rest[(query + 1 + RegionParameter.Length)..];
            rest = rest[..query];
        }

        var parts = rest.Split('/');
        var name = Uri.UnescapeDataString(parts[0]);
        return parts.Length <= 2 && parts[^1].Length > 0 && name.Length is > 0 and <= 2048 && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || "/_+=.@-:".Contains(letter, StringComparison.Ordinal))
            && region?.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-') is null or true && region is not ""
            ? new VaultReference(Aws, name, parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : null, region)
            : null;
    }

    private static bool IsPath(string path) =>
        !path.Contains('\0', StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal)
        && path.Split('/').All(static part => part is not ("" or "." or ".."));
}
