using System.Text.Json.Nodes;
using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class TargetSchema
{
    private const int DefaultPort = 8000;

    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.Targets,
        EndpointKey = "target",
        Shorthand = AddPort,
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Foreign("upstream", EntityKinds.Upstreams, cascades: true) with { Required = true },
            Field.Text("target") with { Required = true, Check = value => Texts.TargetProblem(value.GetValue<string>()) },
            Field.Integer("weight", 100, 0, 65535),
            CommonFields.Tags,
        ],
    };

    // Kong completes the address when it stores it, so that two spellings of one target are one.
    private static IEnumerable<ModelError> AddPort(JsonObject input)
    {
        if (JsonText.Of(input["target"]) is { } target)
        {
            input["target"] = Complete(target);
        }

        return [];
    }

    public static string Complete(string target)
    {
        var (host, port) = Texts.SplitPort(target);
        return port is not null || Texts.HostProblem(host) is not null ? target
            : host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{DefaultPort}"
            : $"{host}:{DefaultPort}";
    }
}
