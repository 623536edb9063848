using Gateway.Model;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Compatibility;

/// <param name="Status"><see cref="SyncStatus.Normal"/>, or one of the incompatible states: then updates are held back and the instance keeps what it has.</param>
/// <param name="Problems">Why the status is not normal.</param>
public sealed record CompatibilityVerdict(SyncStatus Status, IReadOnlyList<ModelError> Problems, Translation Translation)
{
    public static readonly CompatibilityVerdict Normal = new(SyncStatus.Normal, [], Translation.None);
}
