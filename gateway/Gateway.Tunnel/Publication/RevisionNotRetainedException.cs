namespace Gateway.Tunnel.Publication;

/// <summary>The log no longer reaches back to a revision; the reader takes a snapshot instead.</summary>
public sealed class RevisionNotRetainedException : Exception
{
    public RevisionNotRetainedException(long revision)
        : base($"revision {revision} is no longer in the log") => Revision = revision;

    public long Revision { get; }
}
