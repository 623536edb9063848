using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.BotDetection;

internal static class BotDetectionDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<BotDetectionConfig>
    {
        Name = "bot-detection",
        Version = "1.0.0",
        Priority = 2500,
        MayHaveConsumer = false,
        Fields = [Field.List("allow", Pattern(), []), Field.List("deny", Pattern(), [])],
    };

    private static FieldSchema Pattern() => Field.Text("pattern") with { Check = value => Texts.RegexProblem(value.GetValue<string>()) };
}
