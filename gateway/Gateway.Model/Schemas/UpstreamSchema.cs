using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class UpstreamSchema
{
    private static readonly string[] OtherHashes = ["consumer", "ip", "header", "cookie", "path", "query_arg", "uri_capture"];

    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.Upstreams,
        EndpointKey = "name",
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Text("name") with { Required = true, Unique = true, Check = value => Texts.UpstreamNameProblem(value.GetValue<string>()) },
            Field.Choice("algorithm", "round-robin", "round-robin") with { Unsupported = ["consistent-hashing", "least-connections", "latency"] },
            Field.Choice("hash_on", "none", "none") with { Unsupported = OtherHashes },
            Field.Choice("hash_fallback", "none", "none") with { Unsupported = OtherHashes },
            Field.Integer("slots", 10000, 10, 65536),
            HealthcheckFields.Create(),
            CommonFields.Tags,
            Field.Text("host_header") with { Check = value => Texts.RouteHostProblem(value.GetValue<string>()) },
            Unsupported.Reference("client_certificate"),
            new("use_srv_name", FieldType.Boolean) { Default = false, Required = true, Check = value => value.GetValue<bool>() ? "not supported by this version" : null },
        ],
    };
}
