namespace Gateway.ControlPlane.Store;

/// <summary>What can move in the store.</summary>
internal sealed class StoreSignals
{
    private long _releaseVersion = -1;
    private long _siteVersion = -1;

    public StoreSignal Releases { get; } = new();

    public StoreSignal Sites { get; } = new();

    /// <summary>Raises what moved since the head row was seen last, by whichever replica.</summary>
    public void See(Schema.HeadRow head)
    {
        if (Interlocked.Exchange(ref _releaseVersion, head.ReleaseVersion) != head.ReleaseVersion)
        {
            Releases.Raise(head.Revision);
        }

        if (Interlocked.Exchange(ref _siteVersion, head.SiteVersion) != head.SiteVersion)
        {
            Sites.Raise(head.SiteVersion);
        }
    }
}
