using System.Text.Json.Nodes;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>What data planes receive of an entity: all of it, but an API key only as its hash.</summary>
internal static class PublishedForm
{
    public static ReadOnlyMemory<byte> Of(string kind, ReadOnlyMemory<byte> canonical)
    {
        if (kind != EntityKinds.KeyAuthCredentials)
        {
            return canonical;
        }

        var entity = (JsonObject)JsonNode.Parse(canonical.Span)!;
        entity["key"] = null;
        return CanonicalForm.Write(entity);
    }
}
