using Hybrid.Testing;

namespace Gateway.Plugins.Tests.Redis;

/// <summary>One plain Redis for the tests of a class; they use keys of their own.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private RedisServer? _server;

    /// <summary>Skips the test where Redis is not installed.</summary>
    public RedisServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, RedisServer.Missing ?? "Redis did not start");
            return _server;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (RedisServer.Missing is null)
        {
            _server = await RedisServer.StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
