namespace Gateway.DataPlane.Hosting;

/// <summary>Marks a connection as a client's: what came in through a proxy listener, whatever its port.</summary>
internal sealed class ProxyConnection
{
    public static readonly ProxyConnection Instance = new();
}
