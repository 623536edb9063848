using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.DataPlane.Tests.Hosting;

public sealed class GeneralClientFailureTests() : FailureTests(Way.GeneralClient);
