using System.Net;
using System.Net.Sockets;

namespace Hybrid.Stacks.Local;

/// <summary>Every port of a local topology, at fixed distances from one number, so that a second topology fits beside the first.</summary>
/// <param name="From">1024 to 65000; by default 8000, which gives Kong's usual ports.</param>
internal sealed record LocalPorts(int From)
{
    public const int Default = 8000;
    public const int Lowest = 1024;
    public const int Highest = 65000;

    public int Admin => From + 1;
    public int Cluster => From + 5;
    public int Telemetry => From + 6;
    public int ControlPlaneStatus => From + 7;
    public int FirstTarget => From + 81;
    public int SecondTarget => From + 82;

    /// <summary>The proxy port of the data plane at <paramref name="index"/>, from 0.</summary>
    public int Proxy(int index) => From + (10 * index);

    public int ProxyStatus(int index) => From + 100 + (10 * index);

    public IEnumerable<(int Port, string Use)> All()
    {
        yield return (Admin, "Admin API");
        yield return (Cluster, "configuration tunnel");
        yield return (Telemetry, "telemetry tunnel");
        yield return (ControlPlaneStatus, "control plane's status");
        for (var i = 0; i < LocalTopology.Sites.Count; i++)
        {
            yield return (Proxy(i), $"proxy of data plane {LocalTopology.Sites[i]}");
            yield return (ProxyStatus(i), $"status of data plane {LocalTopology.Sites[i]}");
        }

        yield return (FirstTarget, "sample upstream");
        yield return (SecondTarget, "sample upstream, second target");
    }

    /// <summary>Finds out before anything is started.</summary>
    /// <exception cref="LocalException">Some port is taken; names each.</exception>
    public void RequireFree()
    {
        var taken = All().Where(entry => !IsFree(entry.Port)).ToList();
        if (taken.Count > 0)
        {
            var list = string.Join(", ", taken.Select(entry => $"{entry.Port} ({entry.Use})"));
            throw new LocalException(
                $"{(taken.Count == 1 ? "port" : "ports")} {list} {(taken.Count == 1 ? "is" : "are")} taken: free {(taken.Count == 1 ? "it" : "them")}, or move all ports with --ports-from N");
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
