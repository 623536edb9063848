using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.CorrelationId;

internal static class CorrelationIdDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<CorrelationIdConfig>
    {
        Name = "correlation-id",
        Version = "1.0.0",
        Priority = 100001,
        Fields =
        [
            Field.Text("header_name", "Kong-Request-ID") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) },
            Field.Choice("generator", "uuid#counter", "uuid", "uuid#counter", "tracker"),
            Field.Flag("echo_downstream", false),
        ],
    };
}
