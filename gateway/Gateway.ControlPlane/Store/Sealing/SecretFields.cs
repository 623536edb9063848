using System.Text.Json.Nodes;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;
using Gateway.Model.Schemas;

namespace Gateway.ControlPlane.Store.Sealing;

/// <inheritdoc/>
/// <param name="configOf">The config's fields of a plugin by its name; null where there is no such plugin.</param>
internal sealed class SecretFields(Func<string, IReadOnlyList<FieldSchema>?> configOf) : ISecretFields
{
    public SecretFields()
        : this(name => PluginCatalogue.Find(name)?.Fields)
    {
    }

    public IReadOnlyList<string> Of(string kind, JsonObject entity)
    {
        var paths = new List<string>();
        if (kind == EntityKinds.CredentialHashKeys)
        {
            paths.Add("secret");
            return paths;
        }

        Collect(EntitySchemas.For(kind).Fields, entity, "", paths);
        if (kind == EntityKinds.Plugins && entity["config"] is JsonObject config && configOf((string)entity["name"]!) is { } fields)
        {
            Collect(fields, config, "config.", paths);
        }

        return paths;
    }

    // Arrays and maps of secrets are secret as a whole.
    private static void Collect(IReadOnlyList<FieldSchema> fields, JsonObject values, string prefix, List<string> paths)
    {
        foreach (var field in fields)
        {
            if (values[field.Name] is not { } value)
            {
                continue;
            }

            if (field.Secret || field.Elements is { Secret: true } || field.Values is { Secret: true })
            {
                paths.Add(prefix + field.Name);
            }
            else if (value is JsonObject record)
            {
                Collect(field.Fields, record, $"{prefix}{field.Name}.", paths);
            }
        }
    }
}
