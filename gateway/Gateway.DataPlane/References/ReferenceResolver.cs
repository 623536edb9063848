using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;
using Gateway.Model.References;
using Gateway.Model.Schemas;

namespace Gateway.DataPlane.References;

/// <summary>Puts values in the places of a plugin's references, and holds them to the rules of their fields.</summary>
internal sealed class ReferenceResolver(ReferenceReader reader)
{
    public static bool HasReferences(Plugin plugin) =>
        PluginCatalogue.Find(plugin.Name) is { } definition && definition.Fields.Any(field => Has(field, plugin.Config[field.Name]));

    public ResolvedPlugin Resolve(Plugin plugin, ReadOnlySpan<byte> canonical, TimeProvider time)
    {
        var entity = CanonicalForm.Read(canonical);
        var unresolved = new List<string>();
        Record(PluginCatalogue.Find(plugin.Name)!.Fields, entity["config"]!.AsObject(), "config.", unresolved);
        if (unresolved.Count > 0)
        {
            return new ResolvedPlugin(null, unresolved);
        }

        var normalised = EntitySchemas.For(EntityKinds.Plugins).Normalise(entity, NormaliseMode.Insert, existing: null, time);
        return normalised.Entity is { } valid
            ? new ResolvedPlugin(plugin with { Config = valid["config"]!.DeepClone().AsObject() }, [])

            // An error's text may quote the value, so that only the fields are told.
            : new ResolvedPlugin(null, [.. normalised.Errors.Select(static error => $"{error.Field}: the value is not valid")]);
    }

    private static bool Has(FieldSchema field, JsonNode? value) => value switch
    {
        JsonObject record when field.Type is FieldType.Record => field.Fields.Any(inner => Has(inner, record[inner.Name])),
        JsonObject map when field.Type is FieldType.Map => map.Any(member => Has(field.Values!, member.Value)),
        JsonArray array => array.Any(element => Has(field.Elements!, element)),
        _ => field.Referenceable && Text(value) is not null,
    };

    private static string? Text(JsonNode? value) =>
        value?.GetValueKind() is JsonValueKind.String && value.GetValue<string>() is var text && VaultReference.IsReference(text) ? text : null;

    private void Record(IReadOnlyList<FieldSchema> fields, JsonObject record, string path, List<string> unresolved)
    {
        foreach (var field in fields)
        {
            if (record[field.Name] is { } value && Has(field, value))
            {
                record[field.Name] = Value(field, value, path + field.Name, unresolved);
            }
        }
    }

    private JsonNode? Value(FieldSchema field, JsonNode? value, string path, List<string> unresolved)
    {
        switch (value)
        {
            case JsonObject record when field.Type is FieldType.Record:
                var inner = record.DeepClone().AsObject();
                Record(field.Fields, inner, path + ".", unresolved);
                return inner;
            case JsonObject map:
                return new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, Value(field.Values!, member.Value, $"{path}.{member.Key}", unresolved))));
            case JsonArray array:
                return new JsonArray([.. array.Select((element, i) => Value(field.Elements!, element, $"{path}[{i}]", unresolved))]);
        }

        if (!field.Referenceable || Text(value) is not { } text)
        {
            return value?.DeepClone();
        }

        var found = VaultReference.TryParse(text, out var reference, out _) ? reader.Read(reference) : null;

        // A value that is a reference itself would be taken for one by the rules that follow.
        if (found is null || VaultReference.IsReference(found))
        {
            unresolved.Add($"{path}: {text} has no value");
            return null;
        }

        return field.Type is FieldType.Integer or FieldType.Number ? Number(found) : JsonValue.Create(found);
    }

    // What is no number stays text, and the field's own rule refuses it.
    private static JsonNode Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
}
