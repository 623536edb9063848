using System.Net;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary>A control plane on a real PostgreSQL.</summary>
public sealed class PostgreSqlTests
{
    [Fact]
    public async Task Migrations_run_from_several_places_at_once_without_keys_or_certificates_and_the_control_plane_then_starts()
    {
        var (server, missing) = await PostgreSqlServer.TryStartAsync();
        Assert.SkipWhen(server is null, missing ?? "");
        await using var postgres = server;
        await using var gateway = new GatewayInstallation();
        var settings = await SettingsAsync(gateway, postgres);

        var migrations = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => GatewayInstallation.RunAsync(settings, "migrate")));
        Assert.All(migrations, migration => Assert.True(migration.ExitCode == 0, migration.Error + migration.Output));

        await gateway.PrepareAsync("on-prem");
        await gateway.StartAsync(settings);
        await gateway.PostAsync("/services", """{"name":"a","url":"http://127.0.0.1:1"}""");
    }

    [Fact]
    public async Task A_password_file_is_read_again_for_a_new_connection()
    {
        var (server, missing) = await PostgreSqlServer.TryStartAsync();
        Assert.SkipWhen(server is null, missing ?? "");
        await using var postgres = server;
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync("on-prem");
        var settings = await SettingsAsync(gateway, postgres);
        await postgres.RequirePasswordAsync("first");
        await File.WriteAllTextAsync(gateway.PathOf("password"), "first\n");
        settings["GATEWAY_PG_PASSWORD_FILE"] = gateway.PathOf("password");
        await gateway.StartAsync(settings);
        await gateway.PostAsync("/services", """{"name":"a","url":"http://127.0.0.1:1"}""");

        // Rotated, and every connection is lost: only the new password opens another.
        await postgres.RequirePasswordAsync("second");
        await File.WriteAllTextAsync(gateway.PathOf("password"), "second\n");
        await postgres.StopAsync();
        await postgres.StartAsync();

        await Eventually.TrueAsync(async () =>
        {
            using var content = new StringContent("""{"name":"b","url":"http://127.0.0.1:1"}""", System.Text.Encoding.UTF8, "application/json");
            using var response = await gateway.Http.PostAsync(new Uri(gateway.Admin, "/services"), content);
            return response.StatusCode == HttpStatusCode.Created;
        });
    }

    private static async Task<Dictionary<string, string?>> SettingsAsync(GatewayInstallation gateway, PostgreSqlServer postgres)
    {
        var settings = gateway.ControlPlane("on-prem");
        settings["GATEWAY_DATABASE"] = "postgres";
        settings["GATEWAY_SQLITE_PATH"] = null;
        settings["GATEWAY_PG_HOST"] = postgres.Host;
        settings["GATEWAY_PG_PORT"] = $"{postgres.Port}";
        settings["GATEWAY_PG_DATABASE"] = await postgres.CreateDatabaseAsync();
        settings["GATEWAY_PG_USER"] = PostgreSqlServer.User;
        settings["GATEWAY_PG_SSL"] = "off";
        return settings;
    }
}
