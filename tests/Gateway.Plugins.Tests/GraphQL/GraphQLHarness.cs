using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace Gateway.Plugins.Tests.GraphQL;

/// <summary>A data plane before a real GraphQL server, whose route is <c>/graphql</c>.</summary>
public sealed class GraphQLHarness : IAsyncDisposable
{
    private GraphQLHarness(PluginHarness plane, GraphQLServer server)
    {
        Plane = plane;
        Server = server;
        Service = plane.Configuration.Service("graphql", server.Url);
        Route = plane.Configuration.Route("graphql", Service, route => route with { Paths = ["/graphql"] });
    }

    public PluginHarness Plane { get; }

    public GraphQLServer Server { get; }

    public Guid Service { get; }

    public Guid Route { get; }

    public static async Task<GraphQLHarness> StartAsync(GraphQLServer server) => new(await PluginHarness.StartAsync(), server);

    public static async Task<GraphQLHarness> StartAsync(GraphQLServer server, string plugin, string config, Guid? id = null)
    {
        var harness = await StartAsync(server);
        harness.Plane.Configuration.Plugin(plugin, JsonNode.Parse(config)!.AsObject(), service: harness.Service, id: id);
        await harness.Plane.ApplyAsync();
        return harness;
    }

    public Task<PluginHarness.Answer> QueryAsync(string query, JsonObject? variables = null, params (string Name, string Value)[] headers)
    {
        var body = new JsonObject { ["query"] = query };
        if (variables is not null)
        {
            body["variables"] = variables.DeepClone();
        }

        return PostAsync(body.ToJsonString(), "application/json", headers);
    }

    public async Task<PluginHarness.Answer> PostAsync(string body, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/graphql", UriKind.Relative)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await Plane.SendAsync(request, headers);
    }

    public ValueTask DisposeAsync() => Plane.DisposeAsync();
}
