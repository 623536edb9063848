namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>What can be done to the releases. Rendered in snake_case.</summary>
internal enum ReleaseAction
{
    Staged,
    Promoted,
    Aborted,
    RolledBack,
}
