using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;

namespace Gateway.ControlPlane.Admin.Access;

/// <summary>What a client wrote of a new token: all errors, or everything.</summary>
internal sealed class TokenInput
{
    private const int DefaultLifetime = 90 * 24 * 60 * 60;
    private const int ShortestLifetime = 60;
    private const int LongestLifetime = 366 * 24 * 60 * 60;
    private const int LongestName = 100;

    public JsonObject Errors { get; } = [];

    public string Name { get; private set; } = "";

    public Grant Grant { get; private set; } = new(Role.Viewer);

    public TimeSpan Lifetime { get; private set; } = TimeSpan.FromSeconds(DefaultLifetime);

    public static TokenInput Read(JsonObject body)
    {
        var input = new TokenInput();
        foreach (var (field, value) in body)
        {
            switch (field)
            {
                case "name":
                    input.ReadName(value);
                    break;
                case "role":
                    input.ReadRole(value);
                    break;
                case "tags":
                    input.ReadTags(value);
                    break;
                case "ttl":
                    input.ReadLifetime(value);
                    break;
                default:
                    input.Errors[field] = "unknown field";
                    break;
            }
        }

        foreach (var field in (string[])["name", "role"])
        {
            if (!body.ContainsKey(field))
            {
                input.Errors[field] = "required field missing";
            }
        }

        if (input.Grant is { IsLimited: true, Role: Role.Admin or Role.PortalEditor })
        {
            input.Errors["tags"] = $"the role {RoleNames.Of(input.Grant.Role)} can't be limited to tags; allowed: viewer or editor with tags";
        }

        return input;
    }

    private void ReadName(JsonNode? value)
    {
        if (Text(value) is { Length: > 0 and <= LongestName } name && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '@'))
        {
            Name = name;
            return;
        }

        Errors["name"] = string.Create(CultureInfo.InvariantCulture, $"expected a name; allowed: 1 to {LongestName} of a-z, A-Z, 0-9, '-', '_', '.' and '@'");
    }

    private void ReadRole(JsonNode? value)
    {
        if (RoleNames.TryParse(Text(value)) is { } role)
        {
            Grant = Grant with { Role = role };
            return;
        }

        Errors["role"] = $"expected a role; allowed: {RoleNames.Allowed}";
    }

    private void ReadTags(JsonNode? value)
    {
        var tags = value switch
        {
            null => [],
            JsonArray array => array.Select(Text).ToList(),
            _ => [Text(value)],
        };
        if (tags.Exists(tag => string.IsNullOrEmpty(tag) || tag.Any(letter => letter is ',' or '/' || char.IsControl(letter))))
        {
            Errors["tags"] = "expected an array of tags; allowed: tags of entities, without ',' and '/'; leave the field out for no limit";
            return;
        }

        Grant = Grant with { Tags = [.. tags.OfType<string>().Distinct(StringComparer.Ordinal)] };
    }

    private void ReadLifetime(JsonNode? value)
    {
        var seconds = value is not JsonValue node ? null
            : node.TryGetValue<int>(out var number) ? number
            : int.TryParse(Text(value), NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number
            : (int?)null;
        if (seconds is >= ShortestLifetime and <= LongestLifetime)
        {
            Lifetime = TimeSpan.FromSeconds(seconds.Value);
            return;
        }

        Errors["ttl"] = string.Create(CultureInfo.InvariantCulture, $"expected a number of seconds; allowed: {ShortestLifetime} to {LongestLifetime}");
    }

    private static string? Text(JsonNode? value) => value is JsonValue node && node.TryGetValue<string>(out var text) ? text : null;
}
