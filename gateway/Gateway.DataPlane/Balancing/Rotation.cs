namespace Gateway.DataPlane.Balancing;

/// <summary>Where an upstream's rotation stands. Outlives changes of its targets, so that a change does not send everything to the first one again.</summary>
internal sealed class Rotation
{
    private ulong _position;

    public ulong Next() => Interlocked.Increment(ref _position) - 1;
}
