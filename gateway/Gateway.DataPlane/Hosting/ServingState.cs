using Gateway.DataPlane.Configuration;

namespace Gateway.DataPlane.Hosting;

/// <summary>Whether this process serves, and should be sent requests.</summary>
internal sealed class ServingState(ConfigurationStore configurations)
{
    private volatile bool _draining;
    private long _connections;

    /// <summary>True once the process was told to stop.</summary>
    public bool IsDraining => _draining;

    /// <summary>Clients' open connections.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Why requests should go elsewhere, null where they should come.</summary>
    public string? NotReadyBecause
    {
        get
        {
            if (_draining)
            {
                return "shutting down";
            }

            return configurations.HasConfiguration ? null : "no configuration available";
        }
    }

    public void BeginDraining() => _draining = true;

    public void ConnectionOpened() => Interlocked.Increment(ref _connections);

    public void ConnectionClosed() => Interlocked.Decrement(ref _connections);
}
