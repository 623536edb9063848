namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>Where the releases stand.</summary>
/// <param name="Head">The newest revision in the log.</param>
/// <param name="Stable">What sites that are not staged run.</param>
/// <param name="Held">True where the stable channel stays where it is though no stage is open.</param>
/// <param name="Stage">Null while none is open.</param>
/// <param name="Moves">The latest, newest first.</param>
internal sealed record ReleaseStatus(long Head, long Stable, bool Held, OpenStage? Stage, IReadOnlyList<ReleaseMove> Moves)
{
    /// <summary>Revisions in the log that no channel has reached.</summary>
    public long Waiting => Head - Math.Max(Stable, Stage?.Revision ?? 0);

    /// <summary>Revisions that only staged sites run.</summary>
    public long Staged => Stage is null ? 0 : Math.Max(0, Stage.Revision - Stable);

    /// <summary>Why what is written is not released at once; null where it is.</summary>
    public string? WaitingBecause
    {
        get
        {
            if (Stage is not null)
            {
                return $"the stage of revision {Stage.Revision} is open: what is written waits until it is promoted, or is staged itself";
            }

            if (!Held)
            {
                return null;
            }

            var cause = Moves.FirstOrDefault(move => move.Action is ReleaseAction.Aborted or ReleaseAction.RolledBack);
            return cause switch
            {
                { Action: ReleaseAction.Aborted } => $"the stage of revision {cause.Revision} was aborted: correct the configuration, then stage or promote it",
                { Action: ReleaseAction.RolledBack } => $"the release was rolled back to revision {cause.Revision}: correct the configuration, then stage or promote it",
                _ => "releases are held: stage or promote the configuration",
            };
        }
    }
}
