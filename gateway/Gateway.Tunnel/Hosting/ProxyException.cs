namespace Gateway.Tunnel.Hosting;

/// <summary>The proxy gave no way to the control plane. Its message is all that a person needs: it names the proxy, and has no cause within.</summary>
internal sealed class ProxyException(string message) : IOException(message);
