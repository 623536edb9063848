using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace Gateway.ControlPlane.Tests.Fixtures;

/// <summary>Complete entities, as validation hands them to the store.</summary>
internal static class Entities
{
    public static JsonObject Service(string name, Guid? id = null, params string[] tags) => With(id, new JsonObject
    {
        ["name"] = name,
        ["host"] = "upstream.test",
        ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]),
    });

    public static JsonObject Route(string name, Guid? service, Guid? id = null) => With(id, new JsonObject
    {
        ["name"] = name,
        ["service"] = Reference(service),
    });

    public static JsonObject Consumer(string username, Guid? id = null) => With(id, new JsonObject { ["username"] = username, ["custom_id"] = null });

    public static JsonObject KeyAuth(string key, Guid consumer, Guid? id = null) => With(id, new JsonObject
    {
        ["key"] = key,
        ["key_hash"] = null,
        ["consumer"] = Reference(consumer),
    });

    public static JsonObject Plugin(string name, JsonObject config, Guid? service = null, Guid? consumer = null, Guid? id = null) => With(id, new JsonObject
    {
        ["name"] = name,
        ["instance_name"] = null,
        ["config"] = config,
        ["service"] = Reference(service),
        ["route"] = null,
        ["consumer"] = Reference(consumer),
    });

    public static JsonObject BasicAuth(string username, string password, Guid consumer) => With(id: null, new JsonObject
    {
        ["username"] = username,
        ["password"] = password,
        ["consumer"] = Reference(consumer),
    });

    public static JsonObject Certificate(TestPem pem) => With(id: null, new JsonObject { ["cert"] = pem.Certificate, ["key"] = pem.Key });

    public static Guid Id(JsonObject entity) => Guid.Parse((string)entity["id"]!);

    private static JsonObject? Reference(Guid? id) => id is null ? null : new JsonObject { ["id"] = id.Value.ToString("D") };

    private static JsonObject With(Guid? id, JsonObject entity)
    {
        entity["id"] = (id ?? Guid.NewGuid()).ToString("D");
        entity["created_at"] = 1_700_000_000;
        entity["updated_at"] = 1_700_000_000;
        return entity;
    }
}
