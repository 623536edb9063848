using System.Globalization;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Routing;
using Gateway.Model;
using Gateway.Model.Entities;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Tests.Routing;

/// <summary>
/// The router against the plain reference, over generated routes and requests that collide often. <c>ROUTER_PAIRS</c> sets how many requests are compared (default
/// 24,000; a million takes some minutes), <c>ROUTER_SEED</c> repeats a run.
/// </summary>
public sealed class RouterDifferentialTests
{
    private const int RequestsPerTable = 200;
    private const int ChangesPerTable = 4;

    private static readonly string[] Hosts =
        ["a.com", "b.com", "www.a.com", "api.www.a.com", "*.a.com", "*.com", "www.*", "a.*", "api.*", "a.com:8000", "*.a.com:443", "b.com:80", "A.Com"];

    private static readonly string[] RequestHosts = ["a.com", "A.com", "b.com", "www.a.com", "api.www.a.com", "c.org", "www.b.com", "api.x", ""];

    private static readonly string[] Paths =
    [
        "/", "/a", "/b", "/a/", "/a/b", "/a/bc", "/ab", "/a/b/c", "~/a/.*", "~/a/[a-z]+$", @"~/a/\d+", "~/(a|b)/b", "~/a?b", "~/", "~/a/b/c", "~(?i)/A/B",
    ];

    private static readonly string[] RequestPaths = ["/", "/a", "/b", "/a/", "/a/b", "/a/bc", "/a/b/c/d", "/a/1", "/ab", "/A/B", "/c", "/b/b"];
    private static readonly string[] Methods = ["GET", "POST", "PURGE"];
    private static readonly string[] HeaderNames = ["x-a", "x-b", "x-c"];
    private static readonly string[] HeaderValues = ["1", "One", "two"];
    private static readonly string[] HeaderPatterns = ["1", "one", "two", "~*^t", "~*O"];
    private static readonly string[] Snis = ["a.com", "b.com"];

    [Fact]
    public void It_finds_the_route_that_the_reference_finds()
    {
        var pairs = Setting("ROUTER_PAIRS", 24_000);
        var seed = Setting("ROUTER_SEED", Random.Shared.Next());
        var random = new Random(seed);
        var matched = 0;
        for (var done = 0; done < pairs;)
        {
            var routes = new Dictionary<Guid, RouteModel>();
            var router = Router.Empty;
            for (var change = 0; change < ChangesPerTable && done < pairs; change++)
            {
                router = Change(router, routes, random);
                for (var i = 0; i < RequestsPerTable; i++, done++)
                {
                    matched += Compare(router, routes, Request(random), seed) ? 1 : 0;
                }
            }
        }

        Assert.True(matched > pairs / 4, $"only {matched} of {pairs} requests matched anything: the generator is too sparse");
    }

    private static bool Compare(Router router, Dictionary<Guid, RouteModel> routes, ReferenceRequest request, int seed)
    {
        var expected = ReferenceRouter.Match(routes.Values.Select(route => route.Entity), request);
        var headers = new HeaderDictionary();
        foreach (var (name, value) in request.Headers)
        {
            headers.Append(name, value);
        }

        var found = router.TryMatch(
            new RouteRequest
            {
                Method = request.Method,
                Host = request.Host,
                Port = request.Port,
                Path = request.Path.AsMemory(),
                IsTls = request.IsTls,
                Sni = request.Sni,
                Headers = headers,
            },
            out var match);
        Assert.True(
            expected?.Route.Id == (found ? match.Route.Id : null) && (!found || expected!.Value.Length == match.MatchedLength),
            $"seed {seed}: {request} with {string.Join(", ", request.Headers)}: expected {Describe(expected?.Route)} ({expected?.Length}), found {Describe(found ? match.Route.Entity : null)} ({match.MatchedLength})");
        return found;
    }

    // The first change fills the table; later ones add, replace and remove a few, as deltas do.
    private static Router Change(Router router, Dictionary<Guid, RouteModel> routes, Random random)
    {
        var removed = new List<RouteModel>();
        var added = new List<RouteModel>();
        foreach (var known in routes.Values.Where(_ => random.Next(5) == 0).ToList())
        {
            removed.Add(known);
            routes.Remove(known.Id);
            if (random.Next(2) == 0)
            {
                added.Add(Compile(Route(random, known.Id)));
            }
        }

        var count = random.Next(1, 14);
        for (var i = 0; i < count; i++)
        {
            added.Add(Compile(Route(random, NewId(random))));
        }

        foreach (var route in added)
        {
            routes[route.Id] = route;
        }

        return router.With(removed, added);
    }

    private static Route Route(Random random, Guid id)
    {
        var route = new Route
        {
            Id = id,
            Methods = Some(random, Methods, 4),
            Hosts = Some(random, Hosts, 2),
            Paths = Some(random, Paths, 1),
            Snis = Some(random, Snis, 6),
            RegexPriority = random.Next(-1, 2),
        };
        return random.Next(3) == 0
            ? route with { Headers = Some(random, HeaderNames, 1)?.ToDictionary(name => name, _ => Some(random, HeaderPatterns, 0)!) }
            : route;
    }

    private static ReferenceRequest Request(Random random)
    {
        var isTls = random.Next(2) == 0;
        return new ReferenceRequest(
            Pick(random, Methods),
            Pick(random, RequestHosts),
            Pick(random, [80, 443, 8000]),
            Pick(random, RequestPaths),
            isTls,
            isTls && random.Next(2) == 0 ? Pick(random, Snis) : null,
            [.. (Some(random, HeaderNames, 1) ?? []).Select(name => KeyValuePair.Create(name, Pick(random, HeaderValues)))]);
    }

    // Null once in so many times, otherwise one to three different values.
    private static IReadOnlyList<string>? Some(Random random, string[] from, int nullWeight)
    {
        if (nullWeight > 0 && random.Next(nullWeight + 1) > 0 && nullWeight > 1)
        {
            return null;
        }

        if (nullWeight == 1 && random.Next(4) == 0)
        {
            return null;
        }

        return [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, from)).Distinct()];
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static Guid NewId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static RouteModel Compile(Route route)
    {
        var errors = new List<ModelError>();
        return RouteCompiler.Compile(route, errors) ?? throw new InvalidOperationException(string.Join("; ", errors));
    }

    private static string Describe(Route? route) => route is null
        ? "none"
        : $"{route.Id} methods [{Join(route.Methods)}] hosts [{Join(route.Hosts)}] paths [{Join(route.Paths)}] headers [{Join(route.Headers?.Select(header => header.Key + "=" + Join(header.Value)))}] snis [{Join(route.Snis)}] priority {route.RegexPriority}";

    private static string Join(IEnumerable<string>? values) => string.Join(' ', values ?? []);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
