using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Executable;

[UnsupportedOSPlatform("windows")]
public sealed class CommandLineTests
{
    [Fact]
    public async Task An_unknown_setting_stops_the_start_with_one_line_that_names_it()
    {
        await using var gateway = new GatewayInstallation();
        var settings = gateway.DataPlane(0, "on-prem", 1, 2);
        settings["GATEWAY_CLUSTER_CONTROL_PLAIN"] = "localhost:1";

        var run = await GatewayInstallation.RunAsync(settings, "run");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("gateway: GATEWAY_CLUSTER_CONTROL_PLAIN: unknown setting; did you mean GATEWAY_CLUSTER_CONTROL_PLANE?", run.Error.TrimEnd());
    }

    [Fact]
    public async Task A_data_plane_with_a_database_and_a_control_plane_without_one_are_refused()
    {
        await using var gateway = new GatewayInstallation();
        var dataPlane = gateway.DataPlane(0, "on-prem", 1, 2);
        dataPlane["GATEWAY_DATABASE"] = "postgres";
        var controlPlane = gateway.ControlPlane("on-prem");
        controlPlane["GATEWAY_DATABASE"] = "off";
        controlPlane["GATEWAY_SQLITE_PATH"] = null;

        var first = await GatewayInstallation.RunAsync(dataPlane, "run");
        var second = await GatewayInstallation.RunAsync(controlPlane, "run");

        Assert.Equal((1, "gateway: GATEWAY_DATABASE: a data plane has no database (allowed: off)"), (first.ExitCode, first.Error.TrimEnd()));
        Assert.Equal((1, "gateway: GATEWAY_DATABASE: a control plane needs a database (allowed: postgres, sqlite)"), (second.ExitCode, second.Error.TrimEnd()));
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_stops_the_start_with_one_line()
    {
        await using var gateway = new GatewayInstallation();

        var keys = await GatewayInstallation.RunAsync(null, "keys", "init", gateway.PathOf("ring.json"));
        Assert.True(keys.ExitCode == 0, keys.Error);

        foreach (var settings in new[] { gateway.DataPlane(0, "on-prem", 1, 2), gateway.ControlPlane("on-prem") })
        {
            var run = await GatewayInstallation.RunAsync(settings, "run");

            Assert.Equal(1, run.ExitCode);
            Assert.StartsWith("gateway: ", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Key_files_and_private_keys_are_readable_by_their_owner_alone()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync("on-prem");

        foreach (var file in (string[])["ring.json", "on-prem-cache-key.json", "certs/ca.key", "certs/control-plane.key", "certs/on-prem.key"])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(gateway.PathOf(file)));
        }
    }

    [Fact]
    public async Task A_key_ring_is_rotated_step_by_step()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync("on-prem");
        var settings = gateway.ControlPlane("on-prem");
        var file = settings["GATEWAY_KEYRING_FILE"]!;

        Assert.Equal((0, "key 1 (seals): 0 entities, 0 documents of the history"), await RunAsync("keyring", "status"));
        Assert.Equal((0, $"added a key to {file}"), await RunAsync("keys", "add", file, "--standby"));
        Assert.Equal((1, $"gateway: key '1' of {file} is the active one"), await RunAsync("keys", "remove", file, "1"));
        Assert.Equal((1, $"gateway: {file} has no key '3'"), await RunAsync("keys", "use", file, "3"));
        Assert.Equal((0, $"key 2 of {file} seals"), await RunAsync("keys", "use", file, "2"));
        var (exitCode, output) = await RunAsync("keyring", "rotate", "--json");
        Assert.Equal(0, exitCode);
        var report = JsonNode.Parse(output)!;
        Assert.True((bool)report["done"]!);
        Assert.Equal(["1", "2"], report["keys"]!.AsArray().Select(key => (string?)key!["id"]));
        Assert.Equal((0, $"removed key 1 from {file}"), await RunAsync("keys", "remove", file, "1"));
        Assert.Equal((0, "key 2 (seals): 0 entities, 0 documents of the history"), await RunAsync("keyring", "status"));

        async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
        {
            var run = await GatewayInstallation.RunAsync(settings, arguments);
            return (run.ExitCode, (run.Output + run.Error).TrimEnd());
        }
    }

    [Fact]
    public async Task Issuing_again_leaves_valid_certificates_and_keys_as_they_are()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync("on-prem");
        var before = Directory.GetFiles(gateway.PathOf("certs")).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var ring = await File.ReadAllTextAsync(gateway.PathOf("ring.json"));

        await gateway.PrepareAsync("on-prem");

        Assert.Equal(before, Directory.GetFiles(gateway.PathOf("certs")).Order(StringComparer.Ordinal).Select(File.ReadAllText));
        Assert.Equal(ring, await File.ReadAllTextAsync(gateway.PathOf("ring.json")));
    }

    [Fact]
    public async Task A_rotated_key_file_keeps_the_old_key_and_uses_the_new_one()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync("on-prem");

        var add = await GatewayInstallation.RunAsync(null, "keys", "add", gateway.PathOf("ring.json"));

        Assert.True(add.ExitCode == 0, add.Error);
        var ring = JsonNode.Parse(await File.ReadAllTextAsync(gateway.PathOf("ring.json")))!;
        Assert.Equal("2", (string?)ring["active"]);
        Assert.Equal(["1", "2"], ring["keys"]!.AsObject().Select(key => key.Key));
        await gateway.StartAsync(gateway.ControlPlane("on-prem"));
    }

    [Fact]
    public async Task Health_says_by_its_exit_code_whether_the_gateway_is_ready()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync("on-prem");
        var settings = gateway.ControlPlane("on-prem");

        Assert.Equal(1, (await GatewayInstallation.RunAsync(settings, "health")).ExitCode);
        await gateway.StartAsync(settings);

        Assert.Equal(0, (await GatewayInstallation.RunAsync(settings, "health")).ExitCode);
    }

    [Fact]
    public async Task The_Admin_API_answers_on_no_other_port_whatever_the_Host_header_says()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync("on-prem");
        await gateway.StartAsync(gateway.ControlPlane("on-prem"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{gateway.Ports + 7}/services");
        request.Headers.Host = $"127.0.0.1:{gateway.Ports + 1}";

        using var response = await gateway.Http.SendAsync(request);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
    }
}
