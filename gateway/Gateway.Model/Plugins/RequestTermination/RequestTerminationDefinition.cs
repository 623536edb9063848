using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.RequestTermination;

internal static class RequestTerminationDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<RequestTerminationConfig>
    {
        Name = "request-termination",
        Version = "1.0.0",
        Priority = 2,
        Fields =
        [
            Field.Integer("status_code", 503, 100, 599),
            Field.Text("message"),
            Field.Text("content_type"),
            Field.Text("body"),
            Field.Flag("echo", false),
            Field.Text("trigger") with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) },
        ],
        Checks = [MessageOrBody],
    };

    private static IEnumerable<ModelError> MessageOrBody(JsonObject config)
    {
        if (config["message"] is not null && (config["body"] ?? config["content_type"]) is not null)
        {
            yield return new ModelError("", "message cannot be used with content_type or body");
        }

        if (config["content_type"] is not null && config["body"] is null)
        {
            yield return new ModelError("", "content_type requires a body");
        }

        if (config["echo"]!.GetValue<bool>() && (config["body"] ?? config["content_type"]) is not null)
        {
            yield return new ModelError("", "echo cannot be used with content_type and body");
        }
    }
}
