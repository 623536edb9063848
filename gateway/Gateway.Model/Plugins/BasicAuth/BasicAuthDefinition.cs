using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.BasicAuth;

internal static class BasicAuthDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<BasicAuthConfig>
    {
        Name = "basic-auth",
        Version = "1.0.0",
        Priority = 1100,
        MayHaveConsumer = false,
        Fields =
        [
            Field.Text("anonymous"),
            Field.Flag("hide_credentials", false),
            Field.Text("realm", "service"),
            Field.Record("brute_force_protection", Field.Choice("strategy", "off", "off") with { Unsupported = ["cluster", "memory", "redis"] }, Unsupported.Field("redis", FieldType.Record)),
        ],
    };
}
