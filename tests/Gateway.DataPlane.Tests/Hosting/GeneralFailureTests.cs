namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>With upstreams over the general client.</summary>
public sealed class GeneralFailureTests() : FailureTests(direct: false);
