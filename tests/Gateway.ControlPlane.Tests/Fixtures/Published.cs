using System.Text;
using System.Text.Json.Nodes;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Publication;

namespace Gateway.ControlPlane.Tests.Fixtures;

/// <summary>Reads what the log publishes.</summary>
internal static class Published
{
    public static string Digest(RevisionSnapshot snapshot)
    {
        var hash = new ConfigurationHash();
        foreach (var entity in snapshot.Entities)
        {
            hash.Add(entity.Key, entity.Canonical!.Value.Span);
        }

        return hash.Digest();
    }

    public static string Text(EntityChange change) => Encoding.UTF8.GetString(change.Canonical!.Value.Span);

    public static JsonObject Parse(EntityChange change) => (JsonObject)JsonNode.Parse(change.Canonical!.Value.Span)!;
}
