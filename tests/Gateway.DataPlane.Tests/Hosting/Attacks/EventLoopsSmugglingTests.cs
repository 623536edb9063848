using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.DataPlane.Tests.Hosting.Attacks;

public sealed class EventLoopsSmugglingTests() : SmugglingTests(Way.EventLoops);
