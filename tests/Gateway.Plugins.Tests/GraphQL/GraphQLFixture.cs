using Hybrid.Testing;

namespace Gateway.Plugins.Tests.GraphQL;

/// <summary>One GraphQL server for a class of tests.</summary>
public sealed class GraphQLFixture : IAsyncLifetime
{
    private GraphQLServer? _server;
    private string? _missing;

    /// <summary>Skips the test where the server cannot be started.</summary>
    public GraphQLServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, _missing ?? "the GraphQL server did not start");
            return _server;
        }
    }

    public async ValueTask InitializeAsync()
    {
        _missing = await GraphQLServer.MissingAsync();
        if (_missing is null)
        {
            _server = await GraphQLServer.StartAsync();
        }
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
