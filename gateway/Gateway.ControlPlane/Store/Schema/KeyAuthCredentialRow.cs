using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class KeyAuthCredentialRow : EntityRow
{
    /// <summary>HMAC of the key: what a lookup or a uniqueness check compares in place of the key.</summary>
    public string? KeyHash { get; set; }
    public Guid? ConsumerId { get; set; }

    public override void ReadColumns(JsonObject entity)
    {
        KeyHash = Text(entity, "key_hash");
        ConsumerId = Reference(entity, "consumer");
    }

    public override void ClearUnique() => KeyHash = null;
}
