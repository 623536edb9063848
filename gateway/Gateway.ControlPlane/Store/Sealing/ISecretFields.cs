using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>Which of an entity's fields are secret.</summary>
internal interface ISecretFields
{
    /// <summary>Dotted paths of the fields of <paramref name="entity"/> that are secret and not null, such as <c>config.redis.password</c>; elements of arrays by index.</summary>
    IReadOnlyList<string> Of(string kind, JsonObject entity);
}
