using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.Model.Declarative;

/// <summary>What files of the formats 1.1 and 2.1 say in another way than 3.0 does; the compatibility document is written from the same tables.</summary>
internal static class OlderFormats
{
    /// <summary>Plugins' fields that have another name since Kong 3.0, which removed the old ones.</summary>
    public static readonly IReadOnlyList<(string Plugin, string Before, string Now)> RenamedFields =
    [
        ("acl", "whitelist", "allow"),
        ("acl", "blacklist", "deny"),
        ("bot-detection", "whitelist", "allow"),
        ("bot-detection", "blacklist", "deny"),
        ("ip-restriction", "whitelist", "allow"),
        ("ip-restriction", "blacklist", "deny"),
    ];

    private const string Reserved = "!*'();:@&=+$,/?%#[]";

    public static void Update(string version, string kind, JsonObject entity)
    {
        if (version is "3.0")
        {
            return;
        }

        switch (kind)
        {
            case EntityKinds.Routes:
                MarkRegexPaths(entity);
                break;
            case EntityKinds.Plugins:
                RenameFields(entity);

                // Of Kong 1's service mesh: "first" is what every plugin does; other values are refused as unknown fields are.
                if (version is "1.1" && JsonText.Of(entity["run_on"]) is "first")
                {
                    entity.Remove("run_on");
                }

                break;
        }
    }

    // Before 3.0 a path with characters that no plain path has was a regular expression; since then ~ says so. Kong's own migration (migrate_path_280_300).
    private static void MarkRegexPaths(JsonObject route)
    {
        if (route["paths"] is not JsonArray paths)
        {
            return;
        }

        for (var i = 0; i < paths.Count; i++)
        {
            if (JsonText.Of(paths[i]) is ['/', ..] path
                && path.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('/' or '.' or '-' or '_' or '~' or '%')))
            {
                paths[i] = "~" + Decode(path);
            }
        }
    }

    // Since 3.0 a path is matched decoded, so an expression has to be written so: triplets become their characters, escaped; those of reserved characters stay, in upper case.
    private static string Decode(string pattern)
    {
        if (!pattern.Contains('%', StringComparison.Ordinal))
        {
            return pattern;
        }

        var decoded = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is not '%' || i + 2 >= pattern.Length || !byte.TryParse(pattern.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                decoded.Append(pattern[i]);
                continue;
            }

            var letter = (char)code;
            if (!char.IsAscii(letter) || char.IsControl(letter) || Reserved.Contains(letter, StringComparison.Ordinal))
            {
                decoded.Append(pattern.AsSpan(i, 3).ToString().ToUpperInvariant());
            }
            else
            {
                decoded.Append(char.IsAsciiLetterOrDigit(letter) || letter is '_' ? "" : "\\").Append(letter);
            }

            i += 2;
        }

        return decoded.ToString();
    }

    // Where both names are given, the old one stays, to be refused: nothing is dropped.
    private static void RenameFields(JsonObject plugin)
    {
        if (plugin["config"] is not JsonObject config || JsonText.Of(plugin["name"]) is not { } name)
        {
            return;
        }

        foreach (var (_, before, now) in RenamedFields.Where(field => field.Plugin == name && config.ContainsKey(field.Before) && !config.ContainsKey(field.Now)))
        {
            config.Remove(before, out var value);
            config[now] = value;
        }
    }
}
