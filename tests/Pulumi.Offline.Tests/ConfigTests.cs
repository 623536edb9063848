using Hybrid.PulumiOffline.Tests.Support;
using Pulumi;
using Pulumi.Utilities;

namespace Hybrid.PulumiOffline.Tests;

public sealed class ConfigTests : IDisposable
{
    public ConfigTests()
    {
        Environment.SetEnvironmentVariable(
            "PULUMI_CONFIG",
            """{"project:region":"eu-west-1","project:count":"3","project:on":"true","project:zones":"[\"a\",\"b\"]","aws:config:profile":"old"}""");
        Environment.SetEnvironmentVariable("PULUMI_CONFIG_SECRET_KEYS", """["project:region"]""");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PULUMI_CONFIG", null);
        Environment.SetEnvironmentVariable("PULUMI_CONFIG_SECRET_KEYS", null);
    }

    [Fact]
    public async Task Values_are_read_by_type()
        => await Run.UpdateAsync(new RecordingMocks(), () =>
        {
            var config = new Config();
            Assert.Equal("eu-west-1", config.Require("region"));
            Assert.Equal(3, config.RequireInt32("count"));
            Assert.True(config.GetBoolean("on"));
            Assert.Equal(["a", "b"], config.RequireObject<string[]>("zones"));
            Assert.Null(config.Get("absent"));
            Assert.Null(config.GetInt32("absent"));
            Assert.Equal("old", new Config("aws").Get("profile"));
        });

    [Fact]
    public async Task A_secret_value_is_secret()
    {
        Output<string>? region = null;
        await Run.UpdateAsync(new RecordingMocks(), () => region = new Config().RequireSecret("region"));

        Assert.Equal("eu-west-1", await OutputUtilities.GetValueAsync(region!));
        Assert.True(await Output.IsSecretAsync(region!));
    }

    [Fact]
    public async Task A_missing_value_is_named_with_the_command_that_sets_it()
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(new RecordingMocks(), () => new Config().Require("absent")));

        Assert.Equal(
            "Missing Required configuration variable 'project:absent'\n\tplease set a value using the command `pulumi config set project:absent <value>`",
            failure.Message);
    }

    [Theory]
    [InlineData("Int32")]
    [InlineData("Boolean")]
    [InlineData("Double")]
    public async Task A_value_of_another_type_is_named(string type)
    {
        var failure = await Assert.ThrowsAsync<RunException>(() => Run.UpdateAsync(new RecordingMocks(), () => _ = type switch
        {
            "Int32" => (object?)new Config().GetInt32("region"),
            "Boolean" => new Config().GetBoolean("region"),
            _ => new Config().GetDouble("region"),
        }));

        Assert.Equal($"Configuration 'project:region' value 'eu-west-1' is not a valid {type}", failure.Message);
    }
}
