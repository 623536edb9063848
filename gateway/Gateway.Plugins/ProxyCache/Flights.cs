using System.Collections.Concurrent;

namespace Gateway.Plugins.ProxyCache;

/// <summary>
/// Requests for the same thing that nothing is kept of: one goes upstream, the others wait for its response. What turned out not to be kept is remembered for a while,
/// so that requests for it do not wait for each other in vain.
/// </summary>
internal sealed class Flights(TimeProvider time)
{
    private const int MaxRemembered = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _notKept = new(StringComparer.Ordinal);

    /// <summary>The flight for a key. Null where its responses are not kept anyway.</summary>
    /// <param name="isLeader">Whether the caller began it, and has to <see cref="Land"/> it.</param>
    public Flight? Join(string key, out bool isLeader)
    {
        isLeader = false;
        if (_notKept.TryGetValue(key, out var until))
        {
            if (time.GetUtcNow().UtcTicks < until)
            {
                return null;
            }

            _notKept.TryRemove(new(key, until));
        }

        var own = new Flight(key);
        var flight = _flights.GetOrAdd(key, own);
        isLeader = ReferenceEquals(flight, own);
        return flight;
    }

    /// <summary>Ends a flight; who waits goes on, with the response or upstream without it. Once; a second call does nothing.</summary>
    public void Land(Flight flight, CachedResponse? response, bool mayBeKept)
    {
        if (!_flights.TryRemove(new(flight.Key, flight)))
        {
            return;
        }

        if (!mayBeKept)
        {
            if (_notKept.Count >= MaxRemembered)
            {
                _notKept.Clear();
            }

            _notKept[flight.Key] = (time.GetUtcNow() + Memory).UtcTicks;
        }

        flight.End(response);
    }
}
