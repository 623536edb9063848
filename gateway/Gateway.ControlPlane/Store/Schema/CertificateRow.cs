using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class CertificateRow : EntityRow
{
    public override void ReadColumns(JsonObject entity)
    {
        // Found by id, or through its server names.
    }

    public override void ClearUnique()
    {
        // Nothing is.
    }
}
