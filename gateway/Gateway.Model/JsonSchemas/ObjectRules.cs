using System.Text.Json;
using Gateway.Model.Patterns;

namespace Gateway.Model.JsonSchemas;

/// <summary>What is demanded of objects.</summary>
internal sealed record ObjectRules
{
    public IReadOnlyDictionary<string, SchemaNode> Properties { get; init; } = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
    public IReadOnlyList<(TextPattern Pattern, SchemaNode Schema)> PatternProperties { get; init; } = [];
    public SchemaNode? AdditionalProperties { get; init; }
    public bool ForbidsAdditional { get; init; }
    public IReadOnlyList<string> Required { get; init; } = [];
    public int? MinProperties { get; init; }
    public int? MaxProperties { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>> RequiredBeside { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
    public IReadOnlyDictionary<string, SchemaNode> SchemasBeside { get; init; } = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);

    public string? Problem(JsonElement value, bool coerce, int depth)
    {
        foreach (var name in Required)
        {
            if (!value.TryGetProperty(name, out _))
            {
                return $"property {name} is required";
            }
        }

        var count = value.GetPropertyCount();
        if (count < MinProperties || count > MaxProperties)
        {
            return count < MinProperties ? $"expect object to have at least {MinProperties} properties" : $"expect object to have at most {MaxProperties} properties";
        }

        foreach (var member in value.EnumerateObject())
        {
            if (MemberProblem(member, coerce, depth) is { } problem)
            {
                return problem;
            }
        }

        return DependencyProblem(value, coerce, depth);
    }

    private string? MemberProblem(JsonProperty member, bool coerce, int depth)
    {
        var isKnown = false;
        if (Properties.TryGetValue(member.Name, out var schema))
        {
            isKnown = true;
            if (schema.Validate(member.Value, coerce, depth + 1) is { } problem)
            {
                return $"property {member.Name} validation failed: {problem}";
            }
        }

        foreach (var (pattern, patternSchema) in PatternProperties)
        {
            if (!pattern.IsMatch(member.Name, otherwise: true))
            {
                continue;
            }

            isKnown = true;
            if (patternSchema.Validate(member.Value, coerce, depth + 1) is { } problem)
            {
                return $"failed to validate {member.Name}: {problem}";
            }
        }

        if (isKnown)
        {
            return null;
        }

        return ForbidsAdditional ? $"additional properties forbidden, found {member.Name}"
            : AdditionalProperties?.Validate(member.Value, coerce, depth + 1) is { } additional ? $"failed to validate additional property {member.Name}: {additional}"
            : null;
    }

    private string? DependencyProblem(JsonElement value, bool coerce, int depth)
    {
        foreach (var (name, required) in RequiredBeside)
        {
            if (value.TryGetProperty(name, out _) && required.FirstOrDefault(other => !value.TryGetProperty(other, out _)) is { } missing)
            {
                return $"property {missing} is required when {name} is set";
            }
        }

        foreach (var (name, schema) in SchemasBeside)
        {
            if (value.TryGetProperty(name, out _) && schema.Validate(value, coerce, depth + 1) is { } problem)
            {
                return $"failed to validate dependent schema for {name}: {problem}";
            }
        }

        return null;
    }
}
