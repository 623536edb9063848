using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary><c>gateway certs rotate</c> beneath running processes that are called all the time.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RotationTests
{
    private static readonly string[] Sites = ["one", "two"];

    [Fact]
    public async Task Two_rotations_of_the_CA_lose_no_request_and_no_change()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Sites);
        await gateway.StartAsync(gateway.EnrollingControlPlane(Sites));
        await gateway.PostAsync("/services", """{"name":"a","url":"http://127.0.0.1:1"}""");
        await gateway.PostAsync("/services/a/plugins", """{"name":"request-termination","config":{"status_code":200,"message":"here"}}""");
        await gateway.PostAsync("/services/a/routes", """{"name":"a","paths":["/"]}""");
        for (var i = 0; i < Sites.Length; i++)
        {
            await gateway.StartAsync(gateway.DataPlane(i, Sites[i], gateway.Ports + 5, gateway.Ports + 6));
        }

        await Eventually.TrueAsync(async () => await ServesAsync(gateway, 0) && await ServesAsync(gateway, 1));
        using var stop = new CancellationTokenSource();
        var calls = Sites.Select((_, index) => CallUntilAsync(gateway, index, stop.Token)).ToArray();
        for (var rotation = 1; rotation <= 2; rotation++)
        {
            await RotateAsync(gateway, "add");
            await AllAsync(gateway, "authorities", 2);
            await RotateAsync(gateway, "switch");
            await RotateAsync(gateway, "drop");
            await AllAsync(gateway, "authorities", 1);
            var name = $"after-{rotation}";
            await gateway.PostAsync("/services/a/routes", $$"""{"name":"{{name}}","paths":["/{{name}}"]}""");
            await AllAsync(gateway, "routes", 1 + rotation);
        }

        await stop.CancelAsync();
        var served = await Task.WhenAll(calls);
        Assert.All(served, count => Assert.InRange(count, 20, int.MaxValue));
    }

    [Fact]
    public async Task Steps_out_of_order_are_refused_in_one_line()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Sites);
        var folder = gateway.PathOf("certs");

        Assert.Contains("begin with add", (await GatewayInstallation.RunAsync(null, "certs", "rotate", "switch", folder)).Error, StringComparison.Ordinal);
        await RotateAsync(gateway, "add");
        Assert.Contains("go on with switch", (await GatewayInstallation.RunAsync(null, "certs", "rotate", "add", folder)).Error, StringComparison.Ordinal);
        Assert.Contains("go on with switch", (await GatewayInstallation.RunAsync(null, "certs", "rotate", "drop", folder)).Error, StringComparison.Ordinal);
        await RotateAsync(gateway, "switch");
        Assert.Contains("go on with drop", (await GatewayInstallation.RunAsync(null, "certs", "rotate", "add", folder)).Error, StringComparison.Ordinal);
        await RotateAsync(gateway, "drop");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(gateway.PathOf("certs/ca.key")));
        Assert.Equal(
            ["ca.crt", "ca.key", "control-plane.crt", "control-plane.key", "one.crt", "one.key", "two.crt", "two.key"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static async Task RotateAsync(GatewayInstallation gateway, string step)
    {
        var run = await GatewayInstallation.RunAsync(null, "certs", "rotate", step, gateway.PathOf("certs"));
        Assert.True(run.ExitCode == 0, run.Error);
    }

    /// <summary>Waits until both data planes say so, and are connected.</summary>
    private static Task AllAsync(GatewayInstallation gateway, string what, int count) => Eventually.TrueAsync(async () =>
    {
        for (var i = 0; i < Sites.Length; i++)
        {
            var status = await gateway.Http.GetFromJsonAsync<JsonObject>(new Uri($"http://127.0.0.1:{gateway.Ports + 110 + (10 * i)}/status"));
            var found = what == "routes" ? (int)status!["configuration"]!["routes"]! : status!["cluster"]!["certificate"]!["authorities"]!.AsArray().Count;
            if (found != count || !(bool)status["cluster"]!["connected"]!)
            {
                return false;
            }
        }

        return true;
    });

    private static async Task<int> CallUntilAsync(GatewayInstallation gateway, int index, CancellationToken stopped)
    {
        var served = 0;
        while (!stopped.IsCancellationRequested)
        {
            Assert.True(await ServesAsync(gateway, index));
            served++;
        }

        return served;
    }

    private static async Task<bool> ServesAsync(GatewayInstallation gateway, int index)
    {
        using var response = await gateway.Http.GetAsync(new Uri(gateway.Proxy(index), "/x"));
        return response.IsSuccessStatusCode;
    }
}
