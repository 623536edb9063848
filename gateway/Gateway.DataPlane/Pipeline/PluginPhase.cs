namespace Gateway.DataPlane.Pipeline;

/// <summary>When a plugin runs, in this order.</summary>
public enum PluginPhase
{
    /// <summary>In the TLS handshake, before there is a request. Global plugins only.</summary>
    Certificate,

    /// <summary>Before the route is known. Global plugins only.</summary>
    Rewrite,

    /// <summary>With the route known, before anything goes upstream.</summary>
    Access,

    /// <summary>With the response's status and headers known, before they go to the client.</summary>
    Response,

    /// <summary>After the response.</summary>
    Log,
}
