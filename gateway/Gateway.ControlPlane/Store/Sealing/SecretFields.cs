using System.Text.Json.Nodes;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Store.Sealing;

/// <inheritdoc/>
internal sealed class SecretFields : ISecretFields
{
    private static readonly string[] PluginPaths = ["config.redis.password"];

    public IReadOnlyList<string> Of(string kind, JsonObject entity) => kind switch
    {
        EntityKinds.KeyAuthCredentials => Present(entity, ["key"]),
        EntityKinds.CredentialHashKeys => Present(entity, ["secret"]),
        EntityKinds.Plugins => Present(entity, PluginPaths),
        _ => [],
    };

    private static List<string> Present(JsonObject entity, IEnumerable<string> paths) => [.. paths.Where(path => JsonPaths.Find(entity, path) is not null)];
}
