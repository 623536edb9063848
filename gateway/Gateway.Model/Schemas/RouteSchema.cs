using System.Text.Json.Nodes;
using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class RouteSchema
{
    private static readonly string[] Criteria = ["methods", "hosts", "headers", "paths", "snis"];

    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.Routes,
        EndpointKey = "name",
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            CommonFields.Name(),
            Field.Set("protocols", Field.Choice("protocol", null, "http", "https", "grpc", "grpcs") with { Unsupported = ["tcp", "tls", "tls_passthrough", "udp", "ws", "wss"] }, ["http", "https"])
                with { MinimumLength = 1 },
            Field.Set("methods", Field.Text("method") with { Check = value => Texts.MethodProblem(value.GetValue<string>()) }),
            Field.List("hosts", Field.Text("host") with { Check = value => Texts.RouteHostProblem(value.GetValue<string>()) }),
            Field.List("paths", Field.Text("path") with { Check = value => Texts.RoutePathProblem(value.GetValue<string>()) }),
            new("headers", FieldType.Map)
            {
                Keys = Field.Text("name") with { Check = value => Texts.RouteHeaderNameProblem(value.GetValue<string>()) },
                Values = Field.List("values", Field.Text("value")) with { MinimumLength = 1, Check = HeaderValuesProblem },
            },
            Field.Set("snis", Field.Text("sni") with { Check = value => Texts.HostProblem(value.GetValue<string>()) }),
            Unsupported.Field("sources", FieldType.Set),
            Unsupported.Field("destinations", FieldType.Set),
            new("https_redirect_status_code", FieldType.Integer) { Default = 426, Required = true, Check = RedirectProblem },
            Field.Integer("regex_priority", 0, int.MinValue, int.MaxValue),
            Field.Flag("strip_path", true),
            Field.Choice("path_handling", "v0", "v0", "v1"),
            Field.Flag("preserve_host", false),
            Field.Flag("request_buffering", true) with { Remark = "bodies of more than 64 KiB, gRPC and upgrades pass as they come" },
            Field.Flag("response_buffering", true) with { Remark = "no effect: nothing is delayed, and at most 64 KiB are taken from an upstream ahead of a slow client" },
            CommonFields.Tags,
            Field.Foreign("service", EntityKinds.Services, cascades: false),
        ],
        Checks = [RefuseSnisWithoutTls, RequireCriterion, RefuseStripPathOfGrpc],
    };

    private static string? RedirectProblem(JsonNode value) =>
        value.ToJsonString() is "426" or "301" or "302" or "307" or "308" ? null : "expected one of: 426, 301, 302, 307, 308";

    private static string? HeaderValuesProblem(JsonNode value) =>
        value is JsonArray { Count: 1 } array && JsonText.Of(array[0]) is ['~', '*', .. var pattern] ? Texts.RegexProblem(pattern) : null;

    private static IEnumerable<ModelError> RefuseSnisWithoutTls(JsonObject route)
    {
        if (route["snis"] is JsonArray { Count: > 0 } && !((JsonArray)route["protocols"]!).Any(item => item!.GetValue<string>() is "https" or "grpcs"))
        {
            yield return new ModelError("snis", "'snis' can only be set when 'protocols' is 'grpcs', 'https', 'tls' or 'tls_passthrough'");
        }
    }

    private static IEnumerable<ModelError> RequireCriterion(JsonObject route)
    {
        if (Criteria.Any(name => route[name] is JsonArray { Count: > 0 } or JsonObject { Count: > 0 }))
        {
            yield break;
        }

        var protocols = (route["protocols"] as JsonArray)?.Select(item => item!.GetValue<string>()).ToList() ?? [];
        yield return protocols.Contains("https", StringComparer.Ordinal)
            ? new ModelError(ModelError.Entity, "must set one of 'methods', 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'https'")
            : new ModelError(ModelError.Entity, $"must set one of 'methods', 'hosts', 'headers', 'paths' when 'protocols' is '{protocols.FirstOrDefault()}'");
    }

    private static IEnumerable<ModelError> RefuseStripPathOfGrpc(JsonObject route)
    {
        var isGrpc = ((JsonArray)route["protocols"]!).Any(item => item!.GetValue<string>() is "grpc" or "grpcs");
        if (isGrpc && route["strip_path"]!.GetValue<bool>())
        {
            yield return new ModelError("strip_path", "cannot set 'strip_path' when 'protocols' is 'grpc' or 'grpcs'", "false");
        }
    }
}
