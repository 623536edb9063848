namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>With upstreams over the data plane's own client.</summary>
public sealed class DirectProxyingTests() : ProxyingTests(direct: true);
