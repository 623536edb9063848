using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class CredentialHashKeyRow : EntityRow
{
    public override void ReadColumns(JsonObject entity)
    {
    }

    public override void ClearUnique()
    {
    }
}
