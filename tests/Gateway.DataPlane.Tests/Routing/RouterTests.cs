using Gateway.DataPlane.Model;
using Gateway.DataPlane.Routing;
using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Tests.Routing;

/// <summary>Kong's order, one rule at a time: of two routes that match, the first is taken.</summary>
public sealed class RouterTests
{
    public static TheoryData<string, Route, Route> Orders => new()
    {
        { "more kinds of criteria", new Route { Paths = ["/"], Methods = ["GET"] }, new Route { Paths = ["/a/b"] } },
        { "plain hosts over wildcards", new Route { Hosts = ["x.a.com"] }, new Route { Hosts = ["*.a.com"] } },
        { "plain hosts only", new Route { Hosts = ["x.a.com"] }, new Route { Hosts = ["x.a.com", "*.b.com"] } },
        { "a plain host over a wildcard's headers", new Route { Hosts = ["x.a.com"], Headers = One("h") }, new Route { Hosts = ["*.a.com"], Headers = Two() } },
        { "more headers", new Route { Headers = Two() }, new Route { Headers = One("h") } },
        { "regex over prefix", new Route { Paths = ["~/a"] }, new Route { Paths = ["/a/b"] } },
        { "regex priority", new Route { Paths = ["~/a"], RegexPriority = 2 }, new Route { Paths = ["~/a/b"], RegexPriority = 1 } },
        { "longer prefix", new Route { Paths = ["/a/b"] }, new Route { Paths = ["/a"] } },
        { "longer prefix of several", new Route { Paths = ["/x", "/a/b"] }, new Route { Paths = ["/a"] } },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_more_specific_route_is_taken(string rule, Route first, Route second)
    {
        // Whatever their ids, which decide last.
        foreach (var (one, other) in new[] { (1, 2), (2, 1) })
        {
            var router = Of(first with { Id = Guid.Parse($"0000000{one}-0000-0000-0000-000000000000") }, second with { Id = Guid.Parse($"0000000{other}-0000-0000-0000-000000000000") });

            Assert.True(router.TryMatch(Request("/a/b"), out var match), rule);
            Assert.Equal(first.Paths ?? [], match.Route.Entity.Paths ?? []);
            Assert.Equal(first.Hosts ?? [], match.Route.Entity.Hosts ?? []);
            Assert.Equal(first.Headers?.Count, match.Route.Entity.Headers?.Count);
            Assert.Equal(first.RegexPriority, match.Route.Entity.RegexPriority);
        }
    }

    [Fact]
    public void Of_equals_the_greater_id_is_taken()
    {
        var router = Of(
            new Route { Id = Guid.Parse("10000000-0000-0000-0000-000000000000"), Paths = ["/a"] },
            new Route { Id = Guid.Parse("f0000000-0000-0000-0000-000000000000"), Paths = ["/a"] });

        Assert.True(router.TryMatch(Request("/a"), out var match));
        Assert.Equal('f', match.Route.Id.ToString()[0]);
    }

    [Fact]
    public void A_route_s_sni_matters_to_TLS_alone()
    {
        var router = Of(new Route { Id = Guid.NewGuid(), Snis = ["tls.a.com."] });

        Assert.True(router.TryMatch(Request("/"), out _));
        Assert.False(router.TryMatch(Request("/", sni: "other.com"), out _));
        Assert.True(router.TryMatch(Request("/", sni: "tls.a.com"), out _));
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        var router = Of([.. Enumerable.Range(0, 1000).Select(i => new Route { Id = Guid.NewGuid(), Hosts = [$"h{i % 10}.a.com", "*.b.com"], Paths = [$"/api/{i}"], Methods = ["GET"] })]);
        var path = "/api/77/users".AsMemory();
        Assert.True(Find(router, path));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Find(router, path);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_route_added_among_many_costs_its_own_size()
    {
        var router = Of([.. Enumerable.Range(0, 20_000).Select(i => new Route { Id = Guid.NewGuid(), Hosts = [$"h{i}.a.com"], Paths = [$"/api/{i}"] })]);
        var added = Compile(new Route { Id = Guid.NewGuid(), Hosts = ["new.a.com"], Paths = ["/new"] });
        router.With([], [added]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        router.With([], [added]);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 16 * 1024);
    }

    private static bool Find(Router router, ReadOnlyMemory<char> path) => router.TryMatch(
        new RouteRequest { Method = "GET", Host = "h7.a.com", Port = 80, Path = path, IsTls = false },
        out _);

    private static RouteRequest Request(string path, string? sni = null) => new()
    {
        Method = "GET",
        Host = "x.a.com",
        Port = 80,
        Path = path.AsMemory(),
        IsTls = sni is not null,
        Sni = sni,
        Headers = new Microsoft.AspNetCore.Http.HeaderDictionary { ["h"] = "1", ["g"] = "1" },
    };

    private static Router Of(params IReadOnlyList<Route> routes) => Router.Empty.With([], routes.Select(Compile));

    internal static RouteModel Compile(Route route)
    {
        var errors = new List<ModelError>();
        return RouteCompiler.Compile(route, errors) ?? throw new InvalidOperationException(string.Join("; ", errors));
    }

    private static Dictionary<string, IReadOnlyList<string>> One(string name) => new() { [name] = ["1"] };

    private static Dictionary<string, IReadOnlyList<string>> Two() => new() { ["h"] = ["1"], ["g"] = ["1"] };
}
