using System.Text.Json.Nodes;
using Gateway.Model.Entities;
using Gateway.Model.Plugins;
using Gateway.Model.Plugins.Redis;

namespace Gateway.Model.Schemas;

internal static class PluginSchema
{
    public static EntitySchema Create()
    {
        IReadOnlyList<FieldSchema> fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Text("name") with { Required = true },
            Field.Text("instance_name") with { Unique = true, Check = value => Texts.NameProblem(value.GetValue<string>()) },
            Field.Foreign("route", EntityKinds.Routes, cascades: true),
            Field.Foreign("service", EntityKinds.Services, cascades: true),
            Field.Foreign("consumer", EntityKinds.Consumers, cascades: true),
            Field.Foreign("consumer_group", EntityKinds.ConsumerGroups, cascades: true),
            Unsupported.Field("ordering", FieldType.Record),
            // What is in it depends on the plugin: see FieldsOf.
            new("config", FieldType.Record) { Required = true },
            Field.Set("protocols", Field.Choice("protocol", null, "http", "https", "grpc", "grpcs"), ["grpc", "grpcs", "http", "https"]),
            Field.Flag("enabled", true),
            CommonFields.Tags,
        ];
        return new EntitySchema
        {
            Kind = EntityKinds.Plugins,
            EndpointKey = "instance_name",
            Fields = fields,
            Shorthand = ReadOlderConfig,
            Specialise = (plugin, errors) => FieldsOf(plugin, fields, errors),
            Checks = [RefuseTwoKindsOfConsumers, CheckPlugin],
        };
    }

    // A patch may leave the name out; only plugins with Redis ever had these fields.
    private static IEnumerable<ModelError> ReadOlderConfig(JsonObject plugin)
    {
        if (plugin["config"] is JsonObject config
            && (JsonText.Of(plugin["name"]) is not { } name || PluginCatalogue.Find(name)?.Fields.Any(field => field.Name == "redis") is true))
        {
            RedisShorthand.Apply(config);
        }

        return [];
    }

    // An unknown name is one error, not one for each field of its config as well.
    private static IReadOnlyList<FieldSchema> FieldsOf(JsonObject plugin, IReadOnlyList<FieldSchema> fields, List<ModelError> errors)
    {
        if (JsonText.Of(plugin["name"]) is not { } name)
        {
            plugin.Remove("config");
            return fields;
        }

        if (PluginCatalogue.Find(name) is { } definition)
        {
            return [.. fields.Select(field => field.Name == "config" ? field with { Fields = definition.Fields } : field)];
        }

        errors.Add(new ModelError("name", $"plugin '{name}' not enabled; add it to the 'plugins' configuration property", string.Join(", ", PluginCatalogue.All.Select(known => known.Name))));
        plugin.Remove("config");
        return fields;
    }

    private static IEnumerable<ModelError> RefuseTwoKindsOfConsumers(JsonObject plugin)
    {
        if (plugin["consumer"] is not null && plugin["consumer_group"] is not null)
        {
            yield return new ModelError(ModelError.Entity, "only one or none of these fields must be set: 'consumer', 'consumer_group'");
        }
    }

    private static IEnumerable<ModelError> CheckPlugin(JsonObject plugin) => PluginCatalogue.Find(plugin["name"]!.GetValue<string>())!.CheckEntity(plugin);
}
