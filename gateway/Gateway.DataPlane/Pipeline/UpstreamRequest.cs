namespace Gateway.DataPlane.Pipeline;

/// <summary>What plugins want to be different about the request that goes upstream. Null leaves what the service, the route and the client say.</summary>
public sealed class UpstreamRequest
{
    private (string? Host, int? Port, string? Path)? _before;

    /// <summary>Such as <c>POST</c>. The client's own method stays what plugins and logs see.</summary>
    public string? Method { get; set; }

    /// <summary>The whole path, with a leading slash and without the query, instead of the service's and the request's joined.</summary>
    public string? Path { get; set; }

    /// <summary>The Host header, also where the route preserves the client's.</summary>
    public string? HostHeader { get; set; }

    /// <summary>A host name, an address or an upstream's name, instead of the service's.</summary>
    public string? Host { get; set; }

    /// <summary>1 to 65535, instead of the service's. Targets of an upstream keep their own.</summary>
    public int? Port { get; set; }

    /// <summary>Sends the request elsewhere: what is null stays as it is.</summary>
    /// <param name="fallBack">Whether it goes where it would have gone, should nothing be reachable there.</param>
    public void SwitchTo(string? host, int? port, string? path, bool fallBack)
    {
        _before = fallBack ? (Host, Port, Path) : null;
        Host = host ?? Host;
        Port = port ?? Port;
        Path = path ?? Path;
    }

    /// <summary>Undoes <see cref="SwitchTo"/> where that was wanted, once.</summary>
    internal bool TryFallBack()
    {
        if (_before is not { } before)
        {
            return false;
        }

        (Host, Port, Path) = before;
        _before = null;
        return true;
    }

    internal void Reset()
    {
        _before = null;
        Host = null;
        Port = null;
        Method = null;
        Path = null;
        HostHeader = null;
    }
}
