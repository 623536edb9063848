namespace Gateway.DataPlane.Tests.Hosting.Attacks;

/// <summary>With upstreams over the data plane's own client.</summary>
public sealed class DirectSmugglingTests() : SmugglingTests(direct: true);
