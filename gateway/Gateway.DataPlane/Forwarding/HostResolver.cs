using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gateway.DataPlane.Balancing;

namespace Gateway.DataPlane.Forwarding;

/// <summary>
/// Resolves upstreams' host names and remembers the answer for a short time, since the system's resolver does not tell how long it is valid. While a name cannot
/// be resolved, its last answer serves on.
/// </summary>
internal sealed class HostResolver(TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, HostAddresses> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The addresses that a target's name stands for, anew. Throws <see cref="SocketException"/> where it has none.</summary>
    public async Task<TargetLookup> ResolveTargetAsync(string name, CancellationToken cancellationToken)
    {
        var found = await ResolveAsync(name, cancellationToken);
        return new TargetLookup([.. found.All.Select(address => new TargetAddress(address.ToString()))], Freshness);
    }

    public async ValueTask<HostAddresses> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var known = _known.GetValueOrDefault(host);
        if (known is not null && time.GetElapsedTime(known.ResolvedAt) < Freshness)
        {
            return known;
        }

        if (IPAddress.TryParse(host, out var address))
        {
            return new HostAddresses([address], time.GetTimestamp());
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
            if (addresses.Length > 0)
            {
                var resolved = new HostAddresses(addresses, time.GetTimestamp());
                _known[host] = resolved;
                return resolved;
            }
        }
        catch (SocketException) when (known is not null)
        {
            return known;
        }

        return known ?? throw new SocketException((int)SocketError.HostNotFound);
    }
}
