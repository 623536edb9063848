namespace Gateway.Tunnel.Publication;

/// <summary>
/// The store as the publisher sees it: a gapless log of revisions in commit order, and pointers into it. Everything read here is in published form
/// (secrets that data planes need are readable, API keys are keyed hashes) and must not be logged.
/// </summary>
public interface IRevisionLog
{
    /// <summary>Every entity as it was at <paramref name="revision"/>, or at the head where that is null.</summary>
    /// <exception cref="RevisionNotRetainedException">The log no longer reaches back to that revision.</exception>
    Task<RevisionSnapshot> ReadSnapshotAsync(long? revision, CancellationToken cancellationToken);

    /// <summary>The revisions in (<paramref name="after"/>, <paramref name="upTo"/>], oldest first.</summary>
    /// <exception cref="RevisionNotRetainedException">The log no longer reaches back to the first of them.</exception>
    Task<IReadOnlyList<RevisionChanges>> ReadChangesAsync(long after, long upTo, CancellationToken cancellationToken);

    /// <summary>Where each channel points. There is always <see cref="Release.StableChannel"/>.</summary>
    Task<IReadOnlyList<Release>> ReadReleasesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Yields whenever a release may have moved, through this replica or another, and once at the start. Signals may be merged and may be spurious;
    /// the reader asks again. Goes on through database outages; ends only with the token.
    /// </summary>
    IAsyncEnumerable<long> WatchAsync(CancellationToken cancellationToken);
}
