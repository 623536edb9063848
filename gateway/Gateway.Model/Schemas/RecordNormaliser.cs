using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.References;

namespace Gateway.Model.Schemas;

/// <summary>Completes and validates the fields of a record, at any depth.</summary>
internal static class RecordNormaliser
{
    /// <summary>Every declared field, in order, with defaults; adds an error for each that is wrong and each that is not declared.</summary>
    public static JsonObject Normalise(IReadOnlyList<FieldSchema> fields, JsonObject input, string path, List<ModelError> errors)
    {
        foreach (var (name, _) in input)
        {
            if (!fields.Any(field => field.Name == name))
            {
                errors.Add(new ModelError(path + name, "unknown field", Nearest(fields, name)));
            }
        }

        var result = new JsonObject();
        foreach (var field in fields)
        {
            input.TryGetPropertyValue(field.Name, out var value);
            result[field.Name] = Value(field, value, path + field.Name, errors);
        }

        return result;
    }

    /// <summary>What stands, with the changes over it: null clears, records are merged, everything else is replaced.</summary>
    public static JsonObject Merge(IReadOnlyList<FieldSchema> fields, JsonObject existing, JsonObject changes)
    {
        var merged = existing.DeepClone().AsObject();
        foreach (var (name, value) in changes)
        {
            var record = fields.FirstOrDefault(field => field.Name == name && field.Type is FieldType.Record);
            merged[name] = record is not null && value is JsonObject inner && merged[name] is JsonObject standing
                ? Merge(record.Fields, standing, inner)
                : value?.DeepClone();
        }

        return merged;
    }

    private static JsonNode? Value(FieldSchema field, JsonNode? value, string path, List<ModelError> errors)
    {
        if (value is null && field.Default is not null)
        {
            value = field.Default;
        }

        if (field.NotServed)
        {
            if (value is not (null or JsonArray { Count: 0 } or JsonObject { Count: 0 }))
            {
                errors.Add(new ModelError(path, "not supported by this version"));
            }

            return null;
        }

        // A record without a value is a record of its defaults, as in Kong.
        if (value is null && field.Type is FieldType.Record)
        {
            value = new JsonObject();
        }

        if (value is null)
        {
            if (field.Required)
            {
                errors.Add(new ModelError(path, "required field missing"));
            }

            return null;
        }

        // What it leads to is known at the data plane alone, which then holds it to the field's rules.
        if (field.Referenceable && JsonText.Of(value) is { } text && VaultReference.IsReference(text))
        {
            if (!VaultReference.TryParse(text, out _, out var wrong))
            {
                errors.Add(new ModelError(path, wrong, "{vault://env/NAME}, {vault://env/NAME/KEY}, {vault://file/PATH}"));
            }

            return value.DeepClone();
        }

        var normalised = field.Type switch
        {
            FieldType.Record when value is JsonObject record => Normalise(field.Fields, record, path + ".", errors),
            FieldType.Array or FieldType.Set when value is JsonArray array => Elements(field, array, path, errors),
            FieldType.Map when value is JsonObject map => Map(field, map, path, errors),
            FieldType.Foreign when value is JsonObject reference => ForeignKey(reference, path, errors),
            _ => value.DeepClone(),
        };
        var before = errors.Count;
        if (FieldRules.Problem(field, normalised) is { } problem)
        {
            errors.Add(new ModelError(path, problem.Text, problem.Allowed));
        }

        return field.Type is FieldType.Integer && errors.Count == before ? Whole(normalised!) : normalised;
    }

    // 80.0 and 8e1 are integers to JSON, and 80 is how they are kept: the typed records read nothing else.
    private static JsonNode Whole(JsonNode number) =>
        long.TryParse(number.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? number : (long)FieldRules.Number(number);

    // A set keeps the first of equal values, as in Kong.
    private static JsonArray Elements(FieldSchema field, JsonArray array, string path, List<ModelError> errors)
    {
        var result = new JsonArray();
        var elements = field.Elements! with { Required = true };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < array.Count; i++)
        {
            var element = Value(elements, array[i], $"{path}[{i}]", errors);
            if (field.Type is not FieldType.Set || element is null || seen.Add(element.ToJsonString()))
            {
                result.Add(element);
            }
        }

        return result;
    }

    private static JsonObject Map(FieldSchema field, JsonObject map, string path, List<ModelError> errors)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (FieldRules.Problem(field.Keys!, JsonValue.Create(key)) is { } problem)
            {
                errors.Add(new ModelError($"{path}.{key}", problem.Text, problem.Allowed));
            }

            result[key] = Value(field.Values! with { Required = true }, value, $"{path}.{key}", errors);
        }

        return result;
    }

    // By id alone: whoever knows names (the Admin API, the declarative loader) has resolved them before.
    private static JsonObject? ForeignKey(JsonObject reference, string path, List<ModelError> errors)
    {
        foreach (var (name, _) in reference.Where(member => member.Key != "id"))
        {
            errors.Add(new ModelError($"{path}.{name}", "unknown field", "id"));
        }

        if (reference["id"] is JsonValue value && value.GetValueKind() is JsonValueKind.String && Guid.TryParseExact(value.GetValue<string>(), "D", out var id))
        {
            return new JsonObject { ["id"] = id.ToString("D") };
        }

        errors.Add(new ModelError($"{path}.id", reference["id"] is null ? "required field missing" : "expected a valid UUID"));
        return null;
    }

    private static string? Nearest(IReadOnlyList<FieldSchema> fields, string name)
    {
        var near = fields.Select(field => field.Name).FirstOrDefault(candidate =>
            candidate.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(candidate, StringComparison.OrdinalIgnoreCase));
        return near is null ? null : $"such as {near}";
    }
}
