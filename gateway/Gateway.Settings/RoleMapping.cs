namespace Gateway.Settings;

/// <summary>What a group of the identity provider may do at the Admin API.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Tags">Only what has one of these tags, and what is nested beneath it; empty for everything.</param>
public sealed record RoleMapping(string Group, string Role, IReadOnlyList<string> Tags)
{
    public static IReadOnlyList<string> Roles { get; } = ["viewer", "portal-editor", "editor", "admin"];

    /// <summary>Null where the text is not <c>GROUP=ROLE[:TAG+TAG]</c>, separated by commas, each group once.</summary>
    public static IReadOnlyList<RoleMapping>? TryParseList(string text)
    {
        var mappings = new List<RoleMapping>();
        foreach (var item in SettingsValidator.Split(text))
        {
            if (TryParse(item) is not { } mapping || mappings.Exists(known => known.Group == mapping.Group))
            {
                return null;
            }

            mappings.Add(mapping);
        }

        return mappings.Count > 0 ? mappings : null;
    }

    private static RoleMapping? TryParse(string text)
    {
        // The group comes first and may hold colons, as names of groups do.
        var equals = text.LastIndexOf('=');
        if (equals <= 0)
        {
            return null;
        }

        var parts = text[(equals + 1)..].Split(':', 2);
        string[] tags = parts.Length is 2 ? parts[1].Split('+') : [];
        return Roles.Contains(parts[0], StringComparer.Ordinal)
            && tags.All(tag => tag.Length > 0 && !tag.Contains('/', StringComparison.Ordinal))
            && (tags.Length is 0 || parts[0] is "viewer" or "editor")
            ? new RoleMapping(text[..equals], parts[0], tags)
            : null;
    }
}
