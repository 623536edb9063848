using System.Text.Json.Nodes;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.Model.Tests.Schemas;

/// <summary>What Kong's exports say twice, and older files in another way.</summary>
public sealed class RedisShorthandTests
{
    [Fact]
    public void Flat_fields_are_the_records()
    {
        var redis = Redis("""{"name":"rate-limiting","config":{"minute":5,"policy":"redis","redis_host":"r","redis_port":7000,"redis_password":"p","redis_ssl":true,"redis_timeout":100,"redis_database":3,"redis_server_name":null}}""");

        Assert.Equal(("r", 7000, "p", true, 100, 3), ((string?)redis["host"], (int)redis["port"]!, (string?)redis["password"], (bool)redis["ssl"]!, (int)redis["timeout"]!, (int)redis["database"]!));
    }

    [Fact]
    public void The_newer_spelling_counts()
    {
        var redis = Redis("""{"name":"rate-limiting","config":{"minute":5,"policy":"redis","redis_host":"old","redis_port":1,"redis":{"host":"new"}}}""");

        Assert.Equal(("new", 1), ((string?)redis["host"], (int)redis["port"]!));
    }

    [Fact]
    public void Addresses_are_nodes()
    {
        var redis = Redis("""{"name":"rate-limiting-advanced","config":{"limit":[1],"window_size":[1],"strategy":"redis","redis":{"cluster_addresses":["10.0.0.1:7000","node"],"sentinel_addresses":null}}}""");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"ip":"10.0.0.1","port":7000},{"ip":"node","port":6379}]"""), redis["cluster_nodes"]));
    }

    [Theory]
    [InlineData("""{"name":"rate-limiting-advanced","config":{"limit":[1],"window_size":[1],"redis":{"sentinel_addresses":["s:1"]}}}""", "config.redis.sentinel_nodes: not supported by this version")]
    [InlineData("""{"name":"rate-limiting-advanced","config":{"limit":[1],"window_size":[1],"redis":{"cluster_addresses":["a:b"]}}}""", "config.redis.cluster_nodes[0].port: expected an integer")]
    [InlineData("""{"name":"rate-limiting-advanced","config":{"limit":[1],"window_size":[1],"redis":{"cluster_addresses":[7]}}}""", "config.redis.cluster_nodes[0]: expected a record")]
    [InlineData("""{"name":"correlation-id","config":{"redis_host":"r"}}""", "config.redis_host: unknown field")]
    public void What_it_says_is_held_to_the_newer_fields_rules(string plugin, string error) =>
        Assert.Contains(Normalise(plugin).Errors, found => found.ToString().StartsWith(error, StringComparison.Ordinal));

    private static JsonObject Redis(string plugin)
    {
        var result = Normalise(plugin);
        Assert.Empty(result.Errors);
        return result.Entity!["config"]!["redis"]!.AsObject();
    }

    private static NormaliseResult Normalise(string plugin) =>
        EntitySchemas.For(EntityKinds.Plugins).Normalise(JsonNode.Parse(plugin)!.AsObject(), NormaliseMode.Insert, null, TimeProvider.System);
}
