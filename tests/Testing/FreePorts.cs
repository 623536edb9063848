using System.Net;
using System.Net.Sockets;

namespace Hybrid.Testing;

/// <summary>Ports that nobody listens on, outside of the range from which the system hands out ephemeral ones.</summary>
public static class FreePorts
{
    private const int Lowest = 20000;
    private const int Highest = 31000;

    /// <summary>How many given ranges are not given again at once: their users may not listen yet.</summary>
    private const int Remembered = 16;

    private static readonly Queue<int> Given = new();

    /// <summary>A number such that each number plus one of the offsets is a free port on 127.0.0.1.</summary>
    public static int Base(params IReadOnlyList<int> offsets)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var candidate = Random.Shared.Next(Lowest / 200, Highest / 200) * 200;
            if (offsets.All(offset => IsFree(candidate + offset)) && TryGive(candidate))
            {
                return candidate;
            }
        }

        throw new InvalidOperationException("no free range of ports");
    }

    /// <summary>One free port on 127.0.0.1.</summary>
    public static int One()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException("no free port");
    }

    private static bool TryGive(int candidate)
    {
        lock (Given)
        {
            if (Given.Contains(candidate))
            {
                return false;
            }

            Given.Enqueue(candidate);
            if (Given.Count > Remembered)
            {
                _ = Given.Dequeue();
            }

            return true;
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
