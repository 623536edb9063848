using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;

namespace Gateway.Model.Tests.Schemas;

public sealed class UpstreamSchemaTests
{
    [Theory]
    [InlineData("""{"name":"a"}""", "round-robin")]
    [InlineData("""{"name":"a","hash_on":"none"}""", "round-robin")]
    [InlineData("""{"name":"a","hash_on":"ip"}""", "consistent-hashing")]
    [InlineData("""{"name":"a","hash_on":"ip","algorithm":"least-connections"}""", "least-connections")]
    public void What_to_hash_on_implies_the_algorithm(string json, string algorithm)
    {
        var entity = Normalise(json);

        Assert.Equal(algorithm, (string?)entity["algorithm"]);
    }

    [Fact]
    public void The_typed_upstream_has_the_schema_s_defaults()
    {
        var typed = JsonSerializer.Deserialize(Normalise("""{"name":"a"}"""), ModelJson.Default.Upstream)!;
        var untouched = new Upstream { Id = typed.Id, Name = "a" };

        Assert.Equal(JsonSerializer.Serialize(untouched.Healthchecks), JsonSerializer.Serialize(typed.Healthchecks));
        Assert.Equal(untouched.HashOnCookiePath, typed.HashOnCookiePath);
        Assert.False(typed.Healthchecks.IsOn);
    }

    [Fact]
    public void Every_health_check_that_was_configured_is_read()
    {
        var typed = JsonSerializer.Deserialize(
            Normalise("""
                {"name":"a","healthchecks":{"threshold":50,
                  "active":{"type":"https","timeout":0.5,"concurrency":3,"http_path":"/health","https_sni":"x.test","https_verify_certificate":false,"headers":{"x-a":["1","2"]},
                    "healthy":{"interval":5,"successes":2,"http_statuses":[204]},"unhealthy":{"interval":1.5,"http_failures":3,"tcp_failures":4,"timeouts":5,"http_statuses":[500]}},
                  "passive":{"type":"tcp","healthy":{"successes":6,"http_statuses":[200]},"unhealthy":{"http_failures":7,"tcp_failures":8,"timeouts":9,"http_statuses":[503]}}}}
                """),
            ModelJson.Default.Upstream)!.Healthchecks;

        Assert.Equal(50, typed.Threshold);
        Assert.True(typed.IsOn);
        Assert.Equal(("https", 0.5, 3L, "/health", "x.test", false), (typed.Active.Type, typed.Active.Timeout, typed.Active.Concurrency, typed.Active.HttpPath, typed.Active.HttpsSni, typed.Active.HttpsVerifyCertificate));
        Assert.Equal(["1", "2"], typed.Active.Headers!["x-a"]);
        Assert.Equal((5.0, 2), (typed.Active.Healthy.Interval, typed.Active.Healthy.Successes));
        Assert.Equal([204], typed.Active.Healthy.HttpStatuses);
        Assert.Equal((1.5, 3, 4, 5), (typed.Active.Unhealthy.Interval, typed.Active.Unhealthy.HttpFailures, typed.Active.Unhealthy.TcpFailures, typed.Active.Unhealthy.Timeouts));
        Assert.Equal(("tcp", 6), (typed.Passive.Type, typed.Passive.Healthy.Successes));
        Assert.Equal((7, 8, 9), (typed.Passive.Unhealthy.HttpFailures, typed.Passive.Unhealthy.TcpFailures, typed.Passive.Unhealthy.Timeouts));
    }

    private static JsonObject Normalise(string json)
    {
        var result = EntitySchemas.Find(EntityKinds.Upstreams)!.Normalise(JsonNode.Parse(json)!.AsObject(), NormaliseMode.Insert, null, TimeProvider.System);
        Assert.Empty(result.Errors);
        return result.Entity!;
    }
}
