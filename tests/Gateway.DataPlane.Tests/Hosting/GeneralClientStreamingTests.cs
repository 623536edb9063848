using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.DataPlane.Tests.Hosting;

public sealed class GeneralClientStreamingTests() : StreamingTests(Way.GeneralClient);
