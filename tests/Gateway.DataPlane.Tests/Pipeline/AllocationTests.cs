using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.Routing;
using Gateway.DataPlane.Telemetry;
using Gateway.Model;
using Gateway.Model.Entities;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Tests.Pipeline;

/// <summary>What every request pays is paid without the garbage collector.</summary>
public sealed class AllocationTests
{
    private const int Requests = 2_000;

    [Fact]
    public void Finding_a_route_allocates_nothing()
    {
        var router = Router.Empty.With([], Enumerable.Range(0, 1_000).Select(number => Compile(new Route { Id = Guid.NewGuid(), Paths = [$"/service-{number}/x"], Methods = ["GET"] })));
        var path = "/service-500/x/y".AsMemory();
        var headers = new HeaderDictionary();

        Assert.Equal(0, AllocatedBy(() =>
        {
            var normal = RequestPath.Normalize(path);
            Assert.True(router.TryMatch(new RouteRequest { Method = "GET", Host = "a.com", Port = 80, Path = normal, IsTls = false, Headers = headers }, out _));
        }));
    }

    [Fact]
    public void A_chain_without_plugins_allocates_nothing()
    {
        var stalls = new StallMetrics();
        var phases = new PhaseRunner(Options.Create(new DataPlaneOptions()), stalls, NullLogger<PhaseRunner>.Instance);
        var context = new RequestContext(responses: null!);
        context.Begin(new DefaultHttpContext(), new ProxyConnection(peer: null, localPort: 0, isTrusted: false), RuntimeConfiguration.Empty, "id");

        Assert.Equal(0, AllocatedBy(() =>
        {
            Completes(phases.RewriteAsync(context, PluginChain.Empty));
            Completes(phases.AccessAsync(context));
            Completes(phases.ResponseAsync(context));
            Completes(phases.LogAsync(context));
        }));
    }

    private static void Completes(ValueTask<GatewayResponse?> phase) => Assert.True(phase.IsCompletedSuccessfully);

    /// <summary>Bytes over all requests, once the code is as it stays.</summary>
    private static long AllocatedBy(Action request)
    {
        long allocated = 0;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Requests; i++)
            {
                request();
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return allocated;
    }

    private static RouteModel Compile(Route route) => RouteCompiler.Compile(route, new List<ModelError>())!;
}
