using System.Net;
using System.Net.Sockets;

namespace Gateway.ControlPlane.Access;

/// <summary>
/// Counts failures by source address, in windows, with bounded memory: beyond <see cref="MostAddresses"/> the one that failed longest ago is forgotten. Of IPv6 the /64 counts, since that is
/// what one customer has.
/// </summary>
internal sealed class FailedAttempts(ControlPlaneOptions options, TimeProvider time)
{
    public const int MostAddresses = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, LinkedListNode<Entry>> _byAddress = [];
    private readonly LinkedList<Entry> _oldestFirst = new();

    /// <summary>Counts one more.</summary>
    /// <param name="isFirst">Whether it is the first one too many.</param>
    /// <returns>How long the address has to wait; null where it may try again at once.</returns>
    public TimeSpan? Add(IPAddress? address, out bool isFirst)
    {
        var key = KeyOf(address);
        var now = time.GetTimestamp();
        lock (_lock)
        {
            var entry = _byAddress.TryGetValue(key, out var known) && time.GetElapsedTime(known.Value.Start, now) < options.Access.FailureWindow
                ? known.Value with { Count = known.Value.Count + 1 }
                : new Entry(key, now, 1);
            if (known is not null)
            {
                _oldestFirst.Remove(known);
            }
            else if (_byAddress.Count >= MostAddresses)
            {
                _byAddress.Remove(_oldestFirst.First!.Value.Address);
                _oldestFirst.RemoveFirst();
            }

            _byAddress[key] = _oldestFirst.AddLast(entry);
            isFirst = entry.Count == options.Access.FailureLimit + 1;
            return entry.Count > options.Access.FailureLimit ? options.Access.FailureWindow - time.GetElapsedTime(entry.Start, now) : null;
        }
    }

    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _byAddress.Count;
            }
        }
    }

    private static IPAddress KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }

    private sealed record Entry(IPAddress Address, long Start, int Count);
}
