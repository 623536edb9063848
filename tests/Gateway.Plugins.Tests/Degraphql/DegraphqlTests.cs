using System.Text;
using System.Text.Json.Nodes;
using Gateway.Plugins.Tests.GraphQL;

namespace Gateway.Plugins.Tests.Degraphql;

/// <summary>Before a real GraphQL server: the service has no path, the gateway's route is <c>/api</c>.</summary>
public sealed class DegraphqlTests(GraphQLFixture fixture) : IClassFixture<GraphQLFixture>
{
    private const string Echo = "query($text:String $count:Int $ratio:Float $flag:Boolean $list:[Int!] $filter:Filter){echo(text:$text count:$count ratio:$ratio flag:$flag list:$list filter:$filter)}";

    [Fact]
    public async Task A_path_is_a_query_and_its_segments_are_variables()
    {
        await using var harness = await StartAsync(
            Route("/hero/:id", "query($id: ID!) { hero(id: $id) { id } }"),
            Route("/operations", "{ __typename }"));

        var hero = await harness.GetAsync("/api/hero/3");
        var typename = await harness.GetAsync("/api/operations");

        Assert.Equal((200, """{"data":{"hero":{"id":"3"}}}"""), (hero.Status, Compact(hero)));
        Assert.Equal("""{"data":{"__typename":"Query"}}""", Compact(typename));
        var asked = (await fixture.Server.RequestsAsync())[^2];
        Assert.Equal(("POST", "/graphql"), ((string?)asked["method"], (string?)asked["path"]));
        Assert.Equal(("application/json", "application/json"), ((string?)asked["headers"]!["Content-Type"], (string?)asked["headers"]!["Accept"]));
    }

    [Theory]
    [InlineData("?text=a%20b", """{"text": "a b"}""")]
    [InlineData("?text=7", """{"text": "7"}""")]
    [InlineData("?count=-7&ratio=1.5&flag=true", """{"count": -7, "flag": true, "ratio": 1.5}""")]
    [InlineData("?list=1&list=2", """{"list": [1, 2]}""")]
    [InlineData("?list=1", """{"list": [1]}""")]
    [InlineData("?filter=%7B%22name%22:%22x%22%7D", """{"filter": {"name": "x"}}""")]
    [InlineData("?unknown=1", "{}")]
    public async Task Parameters_become_variables_of_their_types(string query, string expected)
    {
        await using var harness = await StartAsync(Route("/echo", Echo));

        var answer = await harness.GetAsync("/api/echo" + query);

        Assert.Equal((200, expected), (answer.Status, (string?)JsonNode.Parse(answer.Body)!["data"]!["echo"]));
    }

    [Theory]
    [InlineData("/echo?count=x", "Variable \"count\" must be Int")]
    [InlineData("/echo?count=99999999999", "Variable \"count\" must be Int")]
    [InlineData("/echo?count=1&count=2", "Variable \"count\" must be Int")]
    [InlineData("/echo?ratio=NaN", "Variable \"ratio\" must be Float")]
    [InlineData("/echo?flag=yes", "Variable \"flag\" must be Boolean")]
    [InlineData("/echo?list=1&list=b", "Variable \"list\" must be a list of Int")]
    [InlineData("/echo?filter=%7B", "Variable \"filter\" must be Filter")]
    [InlineData("/hero", "Variable \"id\" is required")]
    public async Task What_is_no_value_of_its_type_or_is_missing_is_refused_here(string path, string problem)
    {
        await using var harness = await StartAsync(Route("/echo", Echo), Route("/hero", "query($id:ID!){hero(id:$id){id}}"));
        var before = (await fixture.Server.RequestsAsync()).Count;

        var answer = await harness.GetAsync("/api" + path);

        Assert.Equal((400, problem, before), (answer.Status, answer.Message, (await fixture.Server.RequestsAsync()).Count));
        Assert.Equal("BAD_USER_INPUT", (string?)JsonNode.Parse(answer.Body)!["errors"]![0]!["extensions"]!["code"]);
    }

    [Fact]
    public async Task A_mutation_takes_its_variables_from_path_parameters_and_body_in_this_order()
    {
        await using var harness = await StartAsync(
            Route("/people/:id", "mutation($id:ID! $name:String!){rename(id:$id name:$name){id name}}", "PUT"), Route("/people/:id", "query($id:ID!){hero(id:$id){id}}"));

        var put = await SendAsync(harness, HttpMethod.Put, "/api/people/4", """{"id":"9","name":"Näme"}""");
        var get = await harness.GetAsync("/api/people/4");

        Assert.Equal("""{"data":{"rename":{"id":"4","name":"Näme"}}}""", JsonNode.Parse(put.Body)!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("""{"data":{"hero":{"id":"4"}}}""", Compact(get));
        Assert.Equal("The request body must be a JSON object", (await SendAsync(harness, HttpMethod.Put, "/api/people/4", "[1]")).Message);
        Assert.Equal("The request body must be a JSON object", (await SendAsync(harness, HttpMethod.Put, "/api/people/4", "{")).Message);
        Assert.Equal("Variable \"name\" is required", (await SendAsync(harness, HttpMethod.Put, "/api/people/4", "{}")).Message);
        Assert.Equal((413, "The request body is too large"), await Refusal(SendAsync(harness, HttpMethod.Put, "/api/people/4", $$"""{"name":"{{new string('x', 1024 * 1024)}}"}""")));
    }

    [Theory]
    [InlineData("GET", "/api/graphql?query=%7Boperations%7D")]
    [InlineData("GET", "/api")]
    [InlineData("POST", "/api/hero")]
    [InlineData("POST", "/api/graphql")]
    public async Task What_no_route_says_is_not_found_the_server_itself_among_it(string method, string path)
    {
        await using var harness = await StartAsync(Route("/hero", "{hero(id:1){id}}"));

        var answer = await SendAsync(harness, new HttpMethod(method), path, """{"query":"{operations}"}""");

        Assert.Equal((404, "Not Found"), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task The_path_of_the_service_and_of_its_server_can_be_configured()
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("degraphql", Config("/v2", Route("/a", "{a}")), service: harness.Service);
        await harness.ApplyAsync();

        await harness.GetAsync("/x/a?b=c");

        Assert.Equal("/v2", harness.Upstream.LastTarget);
    }

    [Fact]
    public async Task The_other_GraphQL_plugins_see_the_query()
    {
        await using var harness = await StartAsync(Route("/hero", "{hero(id:1){friends{name}}}"), Route("/now", "{operations}"));
        harness.Configuration.Plugin("graphql-limits", new JsonObject { ["max_depth"] = 2 });
        harness.Configuration.Plugin("graphql-proxy-cache-advanced");
        await harness.ApplyAsync(2);

        Assert.Equal((400, "Query depth of 3 exceeds the limit of 2"), await Refusal(harness.GetAsync("/api/hero")));
        var miss = await harness.GetAsync("/api/now");
        var hit = await harness.GetAsync("/api/now");
        Assert.Equal(("Miss", "Hit", miss.Body), (miss.Header("X-Cache-Status"), hit.Header("X-Cache-Status"), hit.Body));
    }

    [Theory]
    [InlineData("a", "{a}", "config.routes[0].uri")]
    [InlineData("/:", "{a}", "config.routes[0].uri: '/:'|config.routes[0].uri: ':' must be a colon and the name of a variable")]
    [InlineData("/:a/:a", "query($a:Int){a(a:$a)}", "config.routes[0].uri: ':a' stands twice")]
    [InlineData("/:a", "{a}", "config.routes[0].uri: ':a' is no variable of the query")]
    [InlineData("/a", "{a", "config.routes[0].query: Syntax Error")]
    [InlineData("/a", "query A{a} query B{b}", "config.routes[0].query: Must provide operation name")]
    public async Task A_route_that_cannot_run_is_refused_by_its_field(string uri, string query, string problems)
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("degraphql", Config("/graphql", Route(uri, query)));

        var result = await harness.Plane.TryApplyAsync(harness.Configuration.Snapshot());

        Assert.Contains(result.Errors, error => problems.Split('|').Any(problem => error.ToString().Contains(problem, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_two_routes_for_the_same_the_second_is_refused()
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("degraphql", Config("/graphql", Route("/:a", "query($a:Int){a(a:$a)}"), Route("/:b", "query($b:Int){a(a:$b)}")));

        var result = await harness.Plane.TryApplyAsync(harness.Configuration.Snapshot());

        Assert.Contains(result.Errors, error => error.ToString().Contains("config.routes[1].uri: another route has the same path for GET", StringComparison.Ordinal));
    }

    private static JsonObject Route(string uri, string query, params string[] methods)
    {
        var route = new JsonObject { ["uri"] = uri, ["query"] = query };
        if (methods.Length > 0)
        {
            route["methods"] = new JsonArray([.. methods.Select(method => JsonValue.Create(method))]);
        }

        return route;
    }

    private static JsonObject Config(string serverPath, params JsonObject[] routes) =>
        new() { ["graphql_server_path"] = serverPath, ["routes"] = new JsonArray([.. routes]) };

    private static async Task<(int Status, string? Message)> Refusal(Task<PluginHarness.Answer> pending)
    {
        var answer = await pending;
        return (answer.Status, answer.Message);
    }

    private static string Compact(PluginHarness.Answer answer) => JsonNode.Parse(answer.Body)!.ToJsonString();

    private static async Task<PluginHarness.Answer> SendAsync(PluginHarness harness, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (method != HttpMethod.Get)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await harness.SendAsync(request);
    }

    private async Task<PluginHarness> StartAsync(params JsonObject[] routes)
    {
        var server = fixture.Server;
        var harness = await PluginHarness.StartAsync();
        var service = harness.Configuration.Service("graph", new Uri(server.Url.GetLeftPart(UriPartial.Authority)));
        harness.Configuration.Route("graph", service, route => route with { Paths = ["/api"] });
        harness.Configuration.Plugin("degraphql", Config("/graphql", routes), service: service);
        await harness.ApplyAsync();
        return harness;
    }
}
