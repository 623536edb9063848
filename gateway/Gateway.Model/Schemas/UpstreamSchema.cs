using System.Text.Json.Nodes;
using Gateway.Model.Entities;

namespace Gateway.Model.Schemas;

internal static class UpstreamSchema
{
    private const string ConsistentHashing = "consistent-hashing";
    private const string None = "none";
    private const string Cookie = "cookie";

    private static readonly string[] Hashes = [None, "consumer", "ip", "header", Cookie, "path", "query_arg", "uri_capture"];

    // Kinds that need to be told a name; these may stand on both sides with different names.
    private static readonly string[] NamedHashes = ["header", "query_arg", "uri_capture"];

    public static EntitySchema Create() => new()
    {
        Kind = EntityKinds.Upstreams,
        EndpointKey = "name",
        Shorthand = ImplyAlgorithm,
        Checks = [CheckHashing],
        Fields =
        [
            CommonFields.Id,
            CommonFields.CreatedAt,
            CommonFields.UpdatedAt,
            Field.Text("name") with { Required = true, Unique = true, Check = value => Texts.UpstreamNameProblem(value.GetValue<string>()) },
            Field.Choice("algorithm", "round-robin", ConsistentHashing, "least-connections", "round-robin", "latency"),
            Field.Choice("hash_on", None, Hashes),
            Field.Choice("hash_fallback", None, Hashes),
            HeaderName("hash_on_header"),
            HeaderName("hash_fallback_header"),
            Field.Text("hash_on_cookie") with { Check = value => Texts.CookieNameProblem(value.GetValue<string>()) },
            Field.Text("hash_on_cookie_path", "/") with { Check = value => Texts.PathProblem(value.GetValue<string>()) },
            Field.Text("hash_on_query_arg"),
            Field.Text("hash_fallback_query_arg"),
            Field.Text("hash_on_uri_capture"),
            Field.Text("hash_fallback_uri_capture"),
            Field.Integer("slots", 10000, 10, 65536),
            HealthcheckFields.Create(),
            CommonFields.Tags,
            Field.Text("host_header") with { Check = value => Texts.RouteHostProblem(value.GetValue<string>()) },
            Field.Foreign("client_certificate", EntityKinds.Certificates, cascades: false),
            Field.Flag("use_srv_name", false),
        ],
    };

    private static FieldSchema HeaderName(string name) => Field.Text(name) with { Check = value => Texts.HeaderNameProblem(value.GetValue<string>()) };

    // As Kong: who says what to hash on means consistent hashing, unless told otherwise.
    private static IEnumerable<ModelError> ImplyAlgorithm(JsonObject input)
    {
        if (!input.ContainsKey("algorithm") && JsonText.Of(input["hash_on"]) is { } hashOn && hashOn is not None && Hashes.Contains(hashOn, StringComparer.Ordinal))
        {
            input["algorithm"] = ConsistentHashing;
        }

        return [];
    }

    private static IEnumerable<ModelError> CheckHashing(JsonObject upstream)
    {
        var on = Text(upstream, "hash_on")!;
        var fallback = Text(upstream, "hash_fallback")!;
        foreach (var (field, kind) in new[] { ("hash_on", on), ("hash_fallback", fallback) })
        {
            var name = kind is Cookie ? "hash_on_cookie" : $"{field}_{kind}";
            if ((kind is Cookie || NamedHashes.Contains(kind, StringComparer.Ordinal)) && Text(upstream, name) is null)
            {
                yield return new ModelError(name, $"required field missing where '{field}' is '{kind}'");
            }
        }

        if (on is None or Cookie && fallback is not None)
        {
            // A request without the cookie is given one: there is nothing to fall back from.
            yield return new ModelError("hash_fallback", $"expected one of: none, where 'hash_on' is '{on}'");
        }
        else if (on == fallback && on is not None && !NamedHashes.Contains(on, StringComparer.Ordinal))
        {
            yield return new ModelError("hash_fallback", $"'{on}' is what 'hash_on' has", string.Join(", ", Hashes.Where(hash => hash != on)));
        }

        foreach (var kind in NamedHashes)
        {
            if (Text(upstream, $"hash_on_{kind}") is { } name && name == Text(upstream, $"hash_fallback_{kind}"))
            {
                yield return new ModelError(ModelError.Entity, $"values of these fields must be distinct: 'hash_on_{kind}', 'hash_fallback_{kind}'");
            }
        }
    }

    private static string? Text(JsonObject upstream, string field) => JsonText.Of(upstream[field]);
}
