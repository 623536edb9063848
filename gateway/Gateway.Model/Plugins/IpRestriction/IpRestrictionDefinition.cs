using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.IpRestriction;

internal static class IpRestrictionDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<IpRestrictionConfig>
    {
        Name = "ip-restriction",
        Version = "1.0.0",
        Priority = 990,
        Fields =
        [
            Field.List("allow", Range()),
            Field.List("deny", Range()),
            Field.Integer("status", null, 100, 599),
            Field.Text("message"),
        ],
        Checks = [RequireList],
    };

    private static FieldSchema Range() => Field.Text("range") with { Check = value => Texts.AddressRangeProblem(value.GetValue<string>()) };

    private static IEnumerable<ModelError> RequireList(JsonObject config)
    {
        if (config["allow"] is not JsonArray { Count: > 0 } && config["deny"] is not JsonArray { Count: > 0 })
        {
            yield return new ModelError(ModelError.Entity, "at least one of these fields must be non-empty: 'config.allow', 'config.deny'");
        }
    }
}
