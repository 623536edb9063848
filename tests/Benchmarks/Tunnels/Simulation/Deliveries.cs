using System.Diagnostics;
using System.Globalization;

namespace Hybrid.Benchmarks.Tunnels.Simulation;

/// <summary>Notes when which instance acknowledged which revision, and says so on standard output once all have.</summary>
/// <param name="instances">How many there are.</param>
internal sealed class Deliveries(int instances)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, List<long>> _acknowledged = [];
    private int _connected;
    private long _received;

    public void Receive(int bytes) => Interlocked.Add(ref _received, bytes);

    /// <summary>An instance was welcomed.</summary>
    public void Connect()
    {
        lock (_gate)
        {
            if (++_connected == instances)
            {
                Say($"connected {Stopwatch.GetTimestamp()}");
            }
        }
    }

    public void Disconnect()
    {
        lock (_gate)
        {
            if (_connected-- == instances)
            {
                Say("disconnected");
            }
        }
    }

    public void Acknowledge(long revision)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (!_acknowledged.TryGetValue(revision, out var times))
            {
                _acknowledged[revision] = times = new List<long>(instances);
            }

            times.Add(now);
            if (times.Count == instances)
            {
                _acknowledged.Remove(revision);
                Say($"acknowledged {revision} {Interlocked.Read(ref _received)} {string.Join(',', times)}");
            }
        }
    }

    private static void Say(string line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
