using System.Globalization;
using System.Text.Json.Nodes;

namespace Hybrid.Testing;

/// <summary>A real GraphQL server on loopback, at <c>/graphql</c>: graphql-core in a Python process of its own.</summary>
public sealed class GraphQLServer : IAsyncDisposable
{
    private const string Listening = "listening ";

    private readonly RunningProcess _process;
    private readonly HttpClient _client;

    private GraphQLServer(RunningProcess process, int port)
    {
        _process = process;
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/graphql"));
        _client = new HttpClient { BaseAddress = Url };
    }

    public Uri Url { get; }

    /// <summary>Null where it can be started here; otherwise why not.</summary>
    public static async Task<string?> MissingAsync()
    {
        try
        {
            var probe = await RunningProcess.RunAsync("python3", ["-c", "import graphql"]);
            return probe.ExitCode == 0 ? null : "graphql-core is not installed (pip install graphql-core)";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Python is not installed (Debian: python3)";
        }
    }

    public static async Task<GraphQLServer> StartAsync()
    {
        var process = RunningProcess.Start("python3", [Repository.PathOf("tests", "Testing", "GraphQL", "server.py")]);
        var line = await process.LineAsync(line => line.StartsWith(Listening, StringComparison.Ordinal));
        return new GraphQLServer(process, int.Parse(line.AsSpan(Listening.Length), CultureInfo.InvariantCulture));
    }

    /// <summary>What the server was asked, in order: <c>method</c>, <c>path</c>, <c>headers</c> and <c>asked</c>.</summary>
    public async Task<IReadOnlyList<JsonNode>> RequestsAsync() => [.. JsonNode.Parse(await _client.GetStringAsync(new Uri("/requests", UriKind.Relative)))!.AsArray().Select(request => request!)];

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }
}
