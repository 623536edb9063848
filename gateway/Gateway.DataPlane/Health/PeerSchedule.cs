namespace Gateway.DataPlane.Health;

/// <summary>When a peer is probed.</summary>
internal sealed class PeerSchedule
{
    private volatile bool _isRunning;

    /// <summary>Timestamp.</summary>
    public long LastStart { get; set; }

    /// <summary>What the interval to the next probe is multiplied by.</summary>
    public double Variation { get; set; } = 1;

    public bool IsRunning
    {
        get => _isRunning;
        set => _isRunning = value;
    }
}
