using System.Text.Json.Nodes;

namespace Hybrid.Stacks.Local;

/// <summary>One instance as the control plane lists it.</summary>
internal sealed record DataPlaneStatus(string Id, string Site, bool Connected, long Revision, string Hash, string SyncStatus, string? LastRefusal)
{
    public static DataPlaneStatus From(JsonObject json) => new(
        (string?)json["id"] ?? "",
        (string?)json["site"] ?? "",
        (bool?)json["connected"] ?? false,
        (long?)json["revision"] ?? 0,
        (string?)json["config_hash"] ?? "",
        (string?)json["sync_status"] ?? "",
        (string?)json["last_refusal"]);
}
