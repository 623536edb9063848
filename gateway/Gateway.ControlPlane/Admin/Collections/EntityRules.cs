using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Errors;
using Gateway.Model.Plugins;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>Turns what a client wrote into complete, valid entities, by the schemas.</summary>
internal sealed class EntityRules(TimeProvider time)
{
    private const string KeyLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int KeyLength = 32;

    /// <summary>A new entity, with an id and times; keys and secrets are made where Kong makes them and none are given.</summary>
    public Result<JsonObject> Create(string kind, EntityInput input) => Normalise(kind, input, NormaliseMode.Insert, current: null);

    /// <summary>An entity with some fields changed; never its id.</summary>
    public Result<JsonObject> Patch(string kind, JsonObject current, EntityInput changes) => Normalise(kind, changes, NormaliseMode.Update, current);

    /// <summary>An entity of which only the id and the time of its creation stay.</summary>
    public Result<JsonObject> Replace(string kind, JsonObject current, EntityInput input) => Normalise(kind, input, NormaliseMode.Upsert, current);

    private Result<JsonObject> Normalise(string kind, EntityInput input, NormaliseMode mode, JsonObject? current)
    {
        var schema = EntitySchemas.For(kind);
        var fields = input.IsForm ? FormTypes.Read(FieldsOf(schema, input.Fields, current), input.Fields) : (JsonObject)input.Fields.DeepClone();
        current = (JsonObject?)current?.DeepClone();
        if (current is not null)
        {
            fields["id"] = (string)current["id"]!;
            // The store's own, which the schema does not know.
            current.Remove("key_hash");
        }

        foreach (var made in mode is NormaliseMode.Update ? [] : schema.Fields.Where(field => field is { Auto: true, Type: FieldType.String, Name: not "id" } && fields[field.Name] is null))
        {
            fields[made.Name] = RandomNumberGenerator.GetString(KeyLetters, KeyLength);
        }

        var result = schema.Normalise(fields, mode, current, time);
        return result.Entity is { } entity ? entity : Violation(result.Errors);
    }

    public static ConfigurationError Violation(IReadOnlyList<ModelError> errors) =>
        new(ErrorCode.SchemaViolation, KongError.Message(errors), KongError.Fields(errors));

    // A plugin's config is typed by the plugin's name, which a patch may leave out.
    private static IReadOnlyList<FieldSchema> FieldsOf(EntitySchema schema, JsonObject input, JsonObject? current)
    {
        if (schema.Kind != EntityKinds.Plugins || (input["name"] ?? current?["name"]) is not JsonValue value || !value.TryGetValue<string>(out var name) || PluginCatalogue.Find(name) is not { } plugin)
        {
            return schema.Fields;
        }

        return [.. schema.Fields.Select(field => field.Name == "config" ? field with { Fields = plugin.Fields } : field)];
    }
}
