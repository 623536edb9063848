using System.Globalization;

namespace Gateway.DataPlane.Sockets;

/// <summary>Names connections: letters and digits, different ones after a restart too.</summary>
internal sealed class ConnectionIds(TimeProvider time)
{
    private long _last = time.GetUtcNow().Ticks;

    public string Next() => Interlocked.Increment(ref _last).ToString("X", CultureInfo.InvariantCulture);
}
