namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>One connected instance of a staged site.</summary>
internal sealed record StagedInstance(Guid Id, string Site, long Revision, string SyncStatus, long? RefusedRevision, string? LastRefusal);
