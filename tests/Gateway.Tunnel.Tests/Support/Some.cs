using System.Text.Json.Nodes;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>Entities as far as the tunnel reads them: tags, references, and what a plugin is.</summary>
internal static class Some
{
    public static EntityKey Service(int number) => new(EntityKinds.Services, Id(1, number));

    public static EntityKey Route(int number) => new(EntityKinds.Routes, Id(2, number));

    public static EntityKey Consumer(int number) => new(EntityKinds.Consumers, Id(3, number));

    public static EntityKey Credential(int number) => new(EntityKinds.KeyAuthCredentials, Id(4, number));

    public static EntityKey Plugin(int number) => new(EntityKinds.Plugins, Id(5, number));

    public static EntityChange Put(EntityKey key, EntityKey[] parents, params string[] tags) => Put(key, parents, [], tags);

    public static EntityChange Put(EntityKey key, EntityKey[] parents, JsonObject fields, params string[] tags)
    {
        fields["id"] = key.Id.ToString("D");
        fields["tags"] = tags.Length == 0 ? null : new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]);
        foreach (var parent in parents)
        {
            fields[Field(parent.Kind)] = new JsonObject { ["id"] = parent.Id.ToString("D") };
        }

        return new EntityChange(key, CanonicalForm.Write(fields));
    }

    public static EntityChange UsePlugin(int number, string name, bool enabled = true, params string[] tags) =>
        Put(Plugin(number), [], new JsonObject { ["name"] = name, ["enabled"] = enabled, ["config"] = new JsonObject() }, tags);

    public static EntityChange Delete(EntityKey key) => new(key, null);

    private static string Field(string kind) => kind[..^1];

    private static Guid Id(int kind, int number) => new(number, (short)kind, 0, new byte[8]);
}
