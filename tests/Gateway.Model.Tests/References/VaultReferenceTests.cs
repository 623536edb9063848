using System.Text.Json.Nodes;
using Gateway.Model.Entities;
using Gateway.Model.References;
using Gateway.Model.Schemas;

namespace Gateway.Model.Tests.References;

public sealed class VaultReferenceTests
{
    [Theory]
    [InlineData("{vault://env/TOKEN}", "env", "TOKEN", null)]
    [InlineData("{vault://env/my-token}", "env", "MY_TOKEN", null)]
    [InlineData("{vault://env/redis/password}", "env", "REDIS", "password")]
    [InlineData("{vault://env/token?prefix=app_}", "env", "APP_TOKEN", null)]
    [InlineData("{vault://file/redis/password.txt}", "file", "redis/password.txt", null)]
    public void A_reference_is_read_as_Kong_writes_it(string text, string source, string name, string? key)
    {
        Assert.True(VaultReference.TryParse(text, out var reference, out _));
        Assert.Equal(new VaultReference(source, name, key), reference);
    }

    [Theory]
    [InlineData("{vault://}")]
    [InlineData("{vault://env/}")]
    [InlineData("{vault://env/A")]
    [InlineData("{vault://env/A/B/C}")]
    [InlineData("{vault://env/A=B}")]
    [InlineData("{vault://env/A?suffix=B}")]
    [InlineData("{vault://file/../secret}")]
    [InlineData("{vault://file//etc/passwd}")]
    [InlineData("{vault://gcp/secret}")]
    public void What_is_no_reference_is_refused(string text)
    {
        Assert.False(VaultReference.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void A_field_that_allows_references_takes_one_whatever_its_type()
    {
        var result = Normalise(new JsonObject { ["host"] = "{vault://env/HOST}", ["port"] = "{vault://env/PORT}" });

        Assert.Empty(result.Errors);
        Assert.Equal("{vault://env/PORT}", (string?)result.Entity!["config"]!["redis"]!["port"]);
    }

    [Fact]
    public void A_field_that_does_not_allow_references_refuses_one()
    {
        var error = Assert.Single(Normalise(new JsonObject { ["host"] = "redis", ["connect_timeout"] = "{vault://env/TIMEOUT}" }).Errors);

        Assert.Equal("config.redis.connect_timeout", error.Field);
    }

    [Fact]
    public void A_reference_to_a_source_that_is_not_served_is_refused_by_name()
    {
        var error = Assert.Single(Normalise(new JsonObject { ["host"] = "{vault://gcp/redis/host}" }).Errors);

        Assert.Equal("config.redis.host", error.Field);
        Assert.Contains("'gcp'", error.Problem, StringComparison.Ordinal);
    }

    private static NormaliseResult Normalise(JsonObject redis) => EntitySchemas.For(EntityKinds.Plugins).Normalise(
        new JsonObject { ["name"] = "rate-limiting", ["config"] = new JsonObject { ["minute"] = 5, ["policy"] = "redis", ["redis"] = redis } },
        NormaliseMode.Insert,
        existing: null,
        TimeProvider.System);
}
