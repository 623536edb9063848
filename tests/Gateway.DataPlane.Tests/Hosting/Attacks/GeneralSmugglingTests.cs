namespace Gateway.DataPlane.Tests.Hosting.Attacks;

/// <summary>With upstreams over the general client.</summary>
public sealed class GeneralSmugglingTests() : SmugglingTests(direct: false);
