namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>One thing that was done to the releases.</summary>
/// <param name="Revision">Staged: the stage's. Promoted and rolled back: the stable channel's since. Aborted: the one that was taken back from the staged sites.</param>
internal sealed record ReleaseMove(ReleaseAction Action, long Revision, string Principal, string? SourceAddress, string? Reason, DateTimeOffset Time);
