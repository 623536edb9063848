using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.KeyAuth;

internal static class KeyAuthDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<KeyAuthConfig>
    {
        Name = "key-auth",
        Version = "1.0.0",
        Priority = 1250,
        MayHaveConsumer = false,
        Fields =
        [
            Field.List("key_names", Field.Text("name") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) }, ["apikey"]) with { MinimumLength = 1 },
            Field.Flag("hide_credentials", false),
            Field.Text("anonymous"),
            Field.Flag("key_in_header", true),
            Field.Flag("key_in_query", true),
            Field.Flag("key_in_body", false),
            Field.Flag("run_on_preflight", true),
            Field.Text("realm"),
            Field.List("identity_realms", Field.Record("realm", Field.Choice("scope", null, "cp") with { Unsupported = ["realm"] }, Unsupported.Field("id", FieldType.String), Unsupported.Field("region", FieldType.String))),
        ],
    };
}
