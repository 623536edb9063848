using Gateway.Settings;
using Hybrid.Infra.Gateway;
using Hybrid.Infra.Tests.Support;
using Hybrid.Infra.Validation;
using Pulumi;
using Pulumi.Utilities;

namespace Hybrid.Infra.Tests.Gateway;

[Collection(PulumiTests.Name)]
public sealed class PodSettingsTests
{
    private static readonly PodSettings DataPlane = PodSettings.DataPlane("dev.example.com", "control-plane.example.com:8005", "telemetry.example.com:8006");

    [Fact]
    public async Task A_data_planes_settings_are_what_the_process_accepts()
    {
        var values = await DataPlane.ValidatedAsync("settings");
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            environment[SettingsEnvironment.EnvironmentName(name.ToUpperInvariant())] = await OutputUtilities.GetValueAsync(value.ToOutput());
        }

        var read = SettingsReader.Read(environment);
        Assert.Empty(read.Errors);
        Assert.Equal(Roles.DataPlane, read.Settings!.Role);
    }

    [Fact]
    public async Task A_control_plane_gets_its_database_and_a_password_from_a_file()
    {
        var values = await PodSettings.ControlPlane("dev.example.com")
            .With(SettingNames.PgHost, "database.example.com")
            .WithSecretFile(SettingNames.PgPassword, "/mnt/secrets/database/password")
            .ValidatedAsync("settings");
        Assert.Equal("/mnt/secrets/database/password", await OutputUtilities.GetValueAsync(values["pg_password_file"].ToOutput()));
        Assert.Equal("postgres", await OutputUtilities.GetValueAsync(values["database"].ToOutput()));
    }

    [Theory]
    [InlineData("CLUSTER_CONTROL_PLAIN", "x", "CLUSTER_CONTROL_PLANE")]
    [InlineData(SettingNames.AdminListen, "0.0.0.0:8001", "data plane")]
    [InlineData(SettingNames.LogLevel, "loud", "debug")]
    public async Task A_setting_that_the_process_would_refuse_is_refused_before_anything_is_deployed(string name, string value, string named)
    {
        var problem = await Assert.ThrowsAsync<InvalidArgumentsException>(() => DataPlane.With(name, value).ValidatedAsync("settings"));
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_not_known_yet_is_checked_by_name()
    {
        var unknown = OutputUtilities.CreateUnknown("");
        Assert.True((await DataPlane.With(SettingNames.ClusterControlPlane, unknown).ValidatedAsync("settings")).ContainsKey("cluster_control_plane"));
        await Assert.ThrowsAsync<InvalidArgumentsException>(() => DataPlane.With("NO_SUCH_SETTING", unknown).ValidatedAsync("settings"));
    }
}
