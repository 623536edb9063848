using System.Text.Json.Nodes;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Admin.OpenApi;

/// <summary>A body that makes an entity of each kind. Certificates and keys are cut short.</summary>
internal static class EntityExamples
{
    public const string Certificate = "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----";
    public const string Key = "-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        [EntityKinds.Services] = """{"name": "orders", "url": "https://orders.internal:8443/v1", "retries": 3, "tags": ["team-a"]}""",
        [EntityKinds.Routes] = """{"name": "orders-read", "paths": ["/orders"], "methods": ["GET"], "protocols": ["https"]}""",
        [EntityKinds.Upstreams] = """{"name": "orders.internal", "algorithm": "least-connections"}""",
        [EntityKinds.Targets] = """{"target": "10.0.0.7:8080", "weight": 50}""",
        [EntityKinds.Consumers] = """{"username": "bob", "custom_id": "4711"}""",
        [EntityKinds.ConsumerGroups] = """{"name": "silver"}""",
        [EntityKinds.KeyAuthCredentials] = """{"key": "open-sesame-of-bob", "consumer": {"username": "alice"}}""",
        [EntityKinds.BasicAuthCredentials] = """{"username": "bob", "password": "correct horse", "consumer": {"username": "alice"}}""",
        [EntityKinds.JwtSecrets] = """{"key": "issuer-of-bob", "secret": "long-enough-to-be-a-secret", "algorithm": "HS256", "consumer": {"username": "alice"}}""",
        [EntityKinds.Acls] = """{"group": "writers", "consumer": {"username": "alice"}}""",
        [EntityKinds.MtlsAuthCredentials] = """{"subject_name": "bob.example.com", "consumer": {"username": "alice"}}""",
        [EntityKinds.Snis] = """{"name": "www.example.com", "certificate": {"id": "CERTIFICATE"}}""",
        [EntityKinds.Vaults] = """{"name": "env", "prefix": "secrets", "config": {"prefix": "SECRET_"}}""",
        [EntityKinds.KeySets] = """{"name": "partners"}""",
        [EntityKinds.Keys] = """{"name": "partner-1", "kid": "partner-1", "jwk": "{\"kty\":\"oct\",\"kid\":\"partner-1\",\"k\":\"YQ\"}"}""",
        [EntityKinds.Plugins] = """{"name": "request-termination", "instance_name": "closed", "config": {"status_code": 503, "message": "closed"}}""",
    };

    /// <param name="isNested">Whether the path says already what the entity belongs to.</param>
    public static JsonNode? Of(string kind, bool isNested) => kind switch
    {
        EntityKinds.Certificates => new JsonObject { ["cert"] = Certificate, ["key"] = Key, ["snis"] = new JsonArray("api.example.com") },
        EntityKinds.CaCertificates => new JsonObject { ["cert"] = Certificate },
        EntityKinds.Targets when !isNested => With(Parse(kind), "upstream", new JsonObject { ["name"] = "petstore.internal" }),
        _ when Texts.ContainsKey(kind) => isNested ? Without(Parse(kind)) : Parse(kind),
        _ => null,
    };

    public static JsonObject Patch => new() { ["tags"] = new JsonArray("team-a", "reviewed") };

    private static JsonObject Parse(string kind) => JsonNode.Parse(Texts[kind])!.AsObject();

    private static JsonObject With(JsonObject example, string field, JsonNode value)
    {
        example[field] = value;
        return example;
    }

    private static JsonObject Without(JsonObject example)
    {
        foreach (var field in (string[])["consumer", "certificate", "upstream"])
        {
            example.Remove(field);
        }

        return example;
    }
}
