using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.DataPlane.Tests.Hosting;

public sealed class GeneralClientProxyingTests() : ProxyingTests(Way.GeneralClient);
