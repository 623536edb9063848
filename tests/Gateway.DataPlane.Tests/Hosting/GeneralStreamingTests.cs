namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>With upstreams over the general client.</summary>
public sealed class GeneralStreamingTests() : StreamingTests(direct: false);
