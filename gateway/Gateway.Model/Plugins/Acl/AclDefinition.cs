using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.Acl;

internal static class AclDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<AclConfig>
    {
        Name = "acl",
        Version = "1.0.0",
        Priority = 950,
        MayHaveConsumer = false,
        Fields =
        [
            Field.List("allow", Field.Text("group")),
            Field.List("deny", Field.Text("group")),
            Field.Flag("hide_groups_header", false),
            Field.Flag("always_use_authenticated_groups", false),
            Field.Flag("include_consumer_groups", false),
        ],
        Checks = [RequireOneList],
    };

    private static IEnumerable<ModelError> RequireOneList(JsonObject config)
    {
        var (allow, deny) = (IsSet(config["allow"]), IsSet(config["deny"]));
        if (allow && deny)
        {
            yield return new ModelError(ModelError.Entity, "only one of these fields must be non-empty: 'config.allow', 'config.deny'");
        }
        else if (!allow && !deny)
        {
            yield return new ModelError(ModelError.Entity, "at least one of these fields must be non-empty: 'config.allow', 'config.deny'");
        }
    }

    private static bool IsSet(JsonNode? list) => list is JsonArray { Count: > 0 };
}
