using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Admin.Declarative;

/// <summary>How a declarative file is loaded: the parameters of <c>POST /config</c>.</summary>
internal sealed record LoadOptions
{
    /// <summary>
    /// <c>select_tags=a,b</c>: the file owns what has all of these tags and nothing else; what it creates gets them. Without it the file is the whole configuration.
    /// </summary>
    public ImmutableArray<string> SelectTags { get; private init; } = [];

    /// <summary><c>dry_run=true</c>: everything is checked and compared, nothing is changed, and the answer says what would have been.</summary>
    public bool DryRun { get; private init; }

    /// <summary><c>diff=true</c>: the answer lists what changed, entity by entity.</summary>
    public bool Diff { get; private init; }

    /// <summary><c>details=true</c>: each change of that list holds the entity before and after, with secrets masked.</summary>
    public bool Details { get; private init; }

    /// <summary>Kong's <c>check_hash=1</c>: where nothing changes, the answer is 304.</summary>
    public bool CheckHash { get; private init; }

    public static Result<LoadOptions> Read(IQueryCollection parameters)
    {
        var faults = new JsonObject();
        var options = new LoadOptions
        {
            SelectTags = Tags(parameters, faults),
            DryRun = Flag(parameters, "dry_run", faults),
            Diff = Flag(parameters, "diff", faults),
            Details = Flag(parameters, "details", faults),
            CheckHash = Flag(parameters, "check_hash", faults),
        };
        return faults.Count is 0
            ? options
            : new ConfigurationError(ErrorCode.InvalidOptions, $"invalid option ({string.Join("; ", faults.Select(fault => $"{fault.Key}: {fault.Value}"))})", faults);
    }

    private static ImmutableArray<string> Tags(IQueryCollection parameters, JsonObject faults)
    {
        if (!parameters.TryGetValue("select_tags", out var given))
        {
            return [];
        }

        var tags = given.ToString().Split(',');
        if (tags.Any(tag => tag.Length is 0 || tag.Contains('/', StringComparison.Ordinal) || tag.Any(char.IsControl)))
        {
            // Nothing would be read as everything.
            faults["select_tags"] = "expected tags (allowed: a,b: one or more, without '/')";
        }

        return [.. tags.Distinct(StringComparer.Ordinal)];
    }

    private static bool Flag(IQueryCollection parameters, string name, JsonObject faults)
    {
        switch (parameters[name].ToString())
        {
            case "1" or "true":
                return true;
            case "" or "0" or "false":
                return false;
            default:
                faults[name] = "expected a boolean (allowed: true, false, 1, 0)";
                return false;
        }
    }
}
