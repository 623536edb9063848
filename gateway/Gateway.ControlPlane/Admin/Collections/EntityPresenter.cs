using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Admin.Collections;

/// <summary>Entities as clients see them: secrets masked, what is only the store's left out.</summary>
internal sealed class EntityPresenter(ISecretFields secretFields)
{
    /// <param name="showKey">True where the client wrote the key in this very request, or had it generated: it is shown then and never again.</param>
    public JsonObject Show(string kind, JsonObject entity, bool showKey = false)
    {
        var schema = EntitySchemas.For(kind);
        var shown = (JsonObject)entity.DeepClone();
        foreach (var path in secretFields.Of(kind, shown))
        {
            var field = schema.Find(path);
            if (field is not { OneWay: true } && !(showKey && field is { Auto: true }) && !IsReference(JsonPaths.Find(shown, path)))
            {
                JsonPaths.Put(shown, path, SecretMask.Text);
            }
        }

        return InOrder(kind, shown);
    }

    /// <summary>With secrets in clear, for those who may have them.</summary>
    public static JsonObject ShowSecrets(string kind, JsonObject entity) => InOrder(kind, (JsonObject)entity.DeepClone());

    /// <summary>Whether what a client wrote holds a secret that is shown where it is written.</summary>
    public static bool HoldsKey(string kind, JsonObject written) => EntitySchemas.For(kind).Fields.Any(field => field is { Auto: true, Secret: true } && written.ContainsKey(field.Name));

    /// <summary>The path of a mask in what a client wrote; null where there is none.</summary>
    public static string? FindMask(JsonNode? node) => node switch
    {
        JsonObject holder => holder.Select(member => (member.Key, Inner: FindMask(member.Value)))
            .Where(member => member.Inner is not null).Select(member => Join(member.Key, member.Inner!)).FirstOrDefault(),
        JsonArray array => array.Select((element, index) => (Key: index.ToString(), Inner: FindMask(element)))
            .Where(element => element.Inner is not null).Select(element => Join(element.Key, element.Inner!)).FirstOrDefault(),
        JsonValue value when value.TryGetValue<string>(out var text) && text == SecretMask.Text => "",
        _ => null,
    };

    // In the schema's order, which leaves out what is only the store's.
    private static JsonObject InOrder(string kind, JsonObject entity)
    {
        var ordered = new JsonObject();
        foreach (var field in EntitySchemas.For(kind).Fields)
        {
            if (entity.Remove(field.Name, out var value))
            {
                ordered[field.Name] = value;
            }
        }

        if (kind == EntityKinds.Certificates && entity.Remove(CertificateNames.Field, out var names))
        {
            ordered[CertificateNames.Field] = names;
        }

        return ordered;
    }

    // {vault://…} says where a secret is, and is none.
    private static bool IsReference(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var reference)
        && reference.StartsWith("{vault://", StringComparison.Ordinal) && reference.EndsWith('}');

    private static string Join(string key, string inner) => inner.Length == 0 ? key : $"{key}.{inner}";
}
