using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.RequestSizeLimiting;

internal static class RequestSizeLimitingDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<RequestSizeLimitingConfig>
    {
        Name = "request-size-limiting",
        Version = "1.0.0",
        Priority = 951,
        Fields =
        [
            Field.Integer("allowed_payload_size", 128, 0, int.MaxValue),
            Field.Choice("size_unit", "megabytes", "megabytes", "kilobytes", "bytes"),
            Field.Flag("require_content_length", false),
        ],
    };
}
