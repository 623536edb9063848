using CsCheck;
using Gateway.DataPlane.Routing;
using Gateway.DataPlane.Routing.Explaining;
using Gateway.Model.Entities;
using Gateway.Model.Routing;

namespace Gateway.DataPlane.Tests.Routing;

public sealed class RouteTableTests
{
    private static readonly Service Petstore = new() { Id = Id(90), Name = "petstore", Host = "petstore.test", Port = 8080, Path = "/v1" };

    [Fact]
    public void The_route_that_is_taken_is_said_with_what_becomes_of_the_request()
    {
        var answer = Ask(new RouteQuestion("GET", "http", "api.test:80", "/pets/../pets/7?x=1", Sni: null), Route(1, "pets") with { Paths = ["/pets"], Service = new EntityReference(Petstore.Id) });

        Assert.Equal("/pets/7", answer.Path);
        Assert.Equal(new RouteTaken(Id(1), "/pets", Petstore.Id, "http://petstore.test:8080/v1/7", Refusal: null), answer.Taken);
        Assert.Equal(["path"], Assert.Single(answer.Candidates).Matched);
    }

    [Fact]
    public void Others_that_match_stand_behind_in_order_each_with_what_it_lacks()
    {
        var answer = Ask(
            new RouteQuestion("GET", "http", "a.test", "/pets/7", Sni: null),
            Route(1, "short") with { Paths = ["/"] },
            Route(2, "long") with { Paths = ["/pets"] },
            Route(3, "regex") with { Paths = ["~/p"] },
            Route(4, "method") with { Paths = ["/"], Methods = ["GET"] },
            Route(5, "host") with { Hosts = ["*.test"], Paths = ["/"] },
            Route(6, "plain") with { Hosts = ["a.test"], Paths = ["/"] });

        Assert.Equal(["plain", "host", "method", "regex", "long", "short"], answer.Candidates.Select(candidate => candidate.Name));
        Assert.Equal(
            [null, "its hosts are all plain", "its hosts are all plain", "more kinds of criteria: 2, not 1", "more kinds of criteria: 2, not 1", "more kinds of criteria: 2, not 1"],
            answer.Candidates.Select(candidate => candidate.Behind));
    }

    [Fact]
    public void A_route_that_does_not_match_says_each_reason()
    {
        var headers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase) { ["x-version"] = ["1"] };
        var answer = Ask(
            new RouteQuestion("POST", "https", "b.test", "/pets", "sni.test") { Headers = headers },
            Route(1, "no") with { Paths = ["/pets"], Methods = ["GET", "HEAD"], Hosts = ["a.test"], Snis = ["other.test"], Headers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["x-version"] = ["2", "3"] } });

        Assert.Null(answer.Taken);
        Assert.Equal(
            ["method POST is none of GET, HEAD", "host b.test at port 443 is none of a.test", "server name sni.test is none of other.test", "header x-version is 1, none of 2, 3"],
            Assert.Single(answer.Candidates).Failed);
    }

    [Fact]
    public void A_route_of_a_disabled_service_is_passed_over_and_says_so()
    {
        var answer = Explain(
            [Route(1, "pets") with { Paths = ["/pets"], Service = new EntityReference(Petstore.Id) }],
            [Petstore with { Enabled = false }],
            new RouteQuestion("GET", "http", "", "/pets", Sni: null));

        Assert.Null(answer.Taken);
        Assert.Equal(["its service petstore is disabled"], Assert.Single(answer.Candidates).Failed);
    }

    [Theory]
    [InlineData("the route takes https alone: answered 301", "https")]
    [InlineData("the route takes gRPC alone: HTTP/2 with content-type application/grpc", "grpc", "grpcs")]
    [InlineData("the route has no service: answered 503 where no plugin answers", "http")]
    public void What_the_gateway_answers_itself_in_spite_of_the_match_is_said(string expected, params string[] protocols)
    {
        var answer = Ask(new RouteQuestion("GET", "http", "", "/", Sni: null), Route(1, "r") with { Paths = ["/"], Protocols = protocols, HttpsRedirectStatusCode = 301 });

        Assert.Equal(expected, answer.Taken!.Refusal);
    }

    [Fact]
    public void No_more_candidates_are_told_of_than_asked_for()
    {
        var answer = Explain([.. Enumerable.Range(1, 30).Select(i => Route(i, $"r{i}") with { Paths = ["/"] })], [], new RouteQuestion("GET", "http", "", "/", Sni: null), most: 5);

        Assert.Equal((5, 25, 30), (answer.Candidates.Count, answer.Left, answer.Routes));
        Assert.Equal(answer.Taken!.Route, answer.Candidates[0].Id);
    }

    /// <summary>Whatever the routes: the first candidate is the router's choice, the reasons of all others are there, and only those that match lack them.</summary>
    [Fact]
    public void The_answer_agrees_with_the_router()
    {
        var routes = Gen.Select(
            Gen.OneOf("/", "/a", "/a/b", "~/a/\\d+", "~/").Array[0, 2], Gen.OneOf("GET", "POST").Array[0, 1], Gen.OneOf("a.test", "*.test", "a.*").Array[0, 2], Gen.Int[0, 2])
            .Where(parts => parts.Item1.Length + parts.Item2.Length + parts.Item3.Length > 0);
        Gen.Select(routes.Array[1, 8], Gen.OneOf("/", "/a", "/a/7", "/a/b/c", "/z"), Gen.OneOf("a.test", "b.test", "a.example", "")).Sample(
            (all, path, host) =>
            {
                var entities = all.Select((parts, index) => Route(index + 1, null) with { Paths = parts.Item1, Methods = parts.Item2, Hosts = parts.Item3, RegexPriority = parts.Item4 }).ToList();
                var router = Router.Empty.With([], entities.Select(entity => RouterTests.Compile(entity)));
                var taken = router.TryMatch(new RouteRequest { Method = "GET", Host = host, Port = 80, Path = path.AsMemory(), IsTls = false }, out var match);

                var answer = Explain(entities, [], new RouteQuestion("GET", "http", host, path, Sni: null), most: 100);

                return answer.Taken?.Route == (taken ? match.Route.Id : null)
                    && (!taken || answer.Candidates[0].Id == match.Route.Id)
                    && answer.Candidates.Skip(taken ? 1 : 0).All(candidate => candidate.Failed.Count > 0 != candidate.Behind is not null);
            },
            iter: 2000);
    }

    private static RouteExplanation Ask(RouteQuestion question, params IReadOnlyList<Route> routes) => Explain(routes, [Petstore], question);

    private static RouteExplanation Explain(IEnumerable<Route> routes, IEnumerable<Service> services, RouteQuestion question, int most = 20) =>
        new RouteExplainer().Compile(routes, services).Explain(question, most);

    private static Route Route(int number, string? name) => new() { Id = Id(number), Name = name };

    private static Guid Id(int number) => Guid.Parse($"{number:D8}-0000-4000-8000-000000000000");
}
