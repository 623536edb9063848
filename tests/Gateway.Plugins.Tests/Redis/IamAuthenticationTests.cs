using Amazon.Runtime;
using Gateway.Model.Plugins.Redis;
using Gateway.Plugins.Redis;
using Hybrid.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Gateway.Plugins.Tests.Redis;

/// <summary>A real Redis whose user's password changes, as ElastiCache's tokens do.</summary>
public sealed class IamAuthenticationTests
{
    [Fact]
    public async Task Standing_connections_are_shown_each_new_token_and_new_ones_begin_with_it()
    {
        Assert.SkipUnless(RedisServer.Missing is null, RedisServer.Missing ?? "");
        await using var server = await RedisServer.StartAsync("gateway", "token-1");
        string[] administrator = ["--user", "gateway", "--no-auth-warning", "--pass"];
        var tokens = new Queue<string>(["token-1", "token-2"]);
        var config = new RedisConfig
        {
            Host = server.Host,
            Port = server.Port,
            Username = "gateway",
            CloudAuthentication = new RedisCloudAuthentication { AuthProvider = "aws", AwsCacheName = "cache" },
        };
        await using var iam = new IamAuthentication(config, NullLogger.Instance, () => Task.FromResult(tokens.Dequeue()));
        await iam.StartAsync(CancellationToken.None);
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(RedisOptions.Of(config, iam));
        iam.Attach(multiplexer);
        Assert.True((await multiplexer.GetDatabase().PingAsync()) > TimeSpan.Zero);
        var before = await AuthenticationsAsync("token-1");

        await server.AskAsync([.. administrator, "token-1", "acl", "setuser", "gateway", "resetpass", ">token-2"]);
        Assert.True(await iam.TryRenewAsync());
        Assert.True(await AuthenticationsAsync("token-2") >= before + 1);

        await server.AskAsync([.. administrator, "token-2", "client", "kill", "type", "normal"]);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return await multiplexer.GetDatabase().StringSetAsync("key", "value");
            }
            catch (RedisConnectionException)
            {
                return false;
            }
        });

        async Task<int> AuthenticationsAsync(string password)
        {
            var statistics = await server.AskAsync([.. administrator, password, "info", "commandstats"]);
            return statistics.Split('\n').Where(line => line.StartsWith("cmdstat_auth:", StringComparison.Ordinal) || line.StartsWith("cmdstat_hello:", StringComparison.Ordinal))
                .Sum(line => int.Parse(line.Split("calls=")[1].Split(',')[0]));
        }
    }

    [Fact]
    public async Task Without_credentials_there_is_no_token_and_no_crash()
    {
        var config = new RedisConfig { Username = "gateway", CloudAuthentication = new RedisCloudAuthentication { AuthProvider = "aws", AwsCacheName = "cache" } };
        await using var iam = new IamAuthentication(config, NullLogger.Instance, () => throw new AmazonClientException("no credentials"));

        await iam.StartAsync(CancellationToken.None);

        Assert.False(await iam.TryRenewAsync());
        Assert.Null(iam.Password);
    }
}
