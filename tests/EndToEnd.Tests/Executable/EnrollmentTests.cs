using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary>A data plane gets its certificate from a control plane, as its operator does it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EnrollmentTests
{
    private const string Site = "factory";

    [Fact]
    public async Task A_site_enrols_with_a_token_and_serves()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Site);
        await gateway.StartAsync(gateway.EnrollingControlPlane(Site));
        await gateway.PostAsync("/services", """{"name":"a","url":"http://127.0.0.1:1"}""");
        await gateway.PostAsync("/services/a/plugins", """{"name":"request-termination","config":{"status_code":200,"message":"here"}}""");
        await gateway.PostAsync("/services/a/routes", """{"name":"a","paths":["/"]}""");
        var token = await NewTokenAsync(gateway);
        await File.WriteAllTextAsync(gateway.PathOf("token"), token + "\n");
        var settings = DataPlane(gateway);

        var enrolled = await GatewayInstallation.RunAsync(settings, "enroll", "--token-file", gateway.PathOf("token"));

        Assert.True(enrolled.ExitCode == 0, enrolled.Error);
        Assert.StartsWith($"enrolled as the site {Site}: ", enrolled.Output, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(gateway.PathOf("own/tls.key")));
        await gateway.StartAsync(settings);
        await Eventually.TrueAsync(async () =>
        {
            using var response = await gateway.Http.GetAsync(new Uri(gateway.Proxy(0), "/x"));
            return response.IsSuccessStatusCode;
        });

        // Its token is used up, and its certificate is not replaced by accident.
        settings["GATEWAY_CLUSTER_CERT"] = gateway.PathOf("other/tls.crt");
        settings["GATEWAY_CLUSTER_CERT_KEY"] = gateway.PathOf("other/tls.key");
        var again = await GatewayInstallation.RunAsync(settings, "enroll", "--token-file", gateway.PathOf("token"));
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("the token is not good", Assert.Single(again.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        var replaced = await GatewayInstallation.RunAsync(DataPlane(gateway), "enroll", "--token", token);
        Assert.Contains("--force replaces it", replaced.Error, StringComparison.Ordinal);

        var metrics = await gateway.Http.GetStringAsync(new Uri($"http://127.0.0.1:{gateway.Ports + 7}/metrics"));
        Assert.Contains("gateway_tunnel_refusals_total{reason=\"enrollment_token\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("gateway_tunnel_certificates_issued_total{cause=\"enrollment\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("gateway_tunnel_streams 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_without_a_certificate_enrols_first_and_is_cut_off_when_its_certificate_is_revoked()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Site);
        await gateway.StartAsync(gateway.EnrollingControlPlane(Site));
        var settings = DataPlane(gateway);
        settings["GATEWAY_ENROLL_TOKEN"] = await NewTokenAsync(gateway);
        await gateway.StartAsync(settings);
        var used = await gateway.Http.GetFromJsonAsync<JsonObject>(new Uri(gateway.Admin, $"/clustering/sites/{Site}/tokens"));
        var serial = (string?)used!["data"]![0]!["serial_number"];
        Assert.NotNull(serial);

        await gateway.PostAsync("/clustering/revoked-certificates", $$"""{"serial_number":"{{serial}}","reason":"lost"}""");

        await Eventually.TrueAsync(async () =>
        {
            var status = await gateway.Http.GetFromJsonAsync<JsonObject>(new Uri($"http://127.0.0.1:{gateway.Ports + 110}/status"));
            return (bool?)status!["cluster"]!["connected"] == false
                && (string?)status["cluster"]!["last_error"] == $"PermissionDenied: the certificate {serial} is revoked";
        });
    }

    [Fact]
    public async Task Without_a_key_no_token_is_made_and_a_listener_without_one_stops_the_start()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Site);
        var settings = gateway.EnrollingControlPlane(Site);
        settings["GATEWAY_CLUSTER_CA_KEY"] = null;

        var run = await GatewayInstallation.RunAsync(settings, "run");

        Assert.Equal((1, "gateway: GATEWAY_CLUSTER_CA_KEY: required setting missing (allowed: a path)"), (run.ExitCode, run.Error.TrimEnd()));
        await gateway.StartAsync(gateway.ControlPlane(Site));
        using var response = await gateway.Http.PostAsJsonAsync(new Uri(gateway.Admin, $"/clustering/sites/{Site}/tokens"), new JsonObject());
        var refusal = await response.Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal(
            "enrolment is off: it needs GATEWAY_CLUSTER_CA_KEY, GATEWAY_CLUSTER_ENROLL_LISTEN and GATEWAY_CLUSTER_ENROLL_ENDPOINT", (string?)refusal!["message"]);
    }

    [Fact]
    public async Task A_key_that_is_not_the_authoritys_or_is_open_to_all_stops_the_start()
    {
        await using var gateway = new GatewayInstallation();
        await gateway.PrepareAsync(Site);
        var settings = gateway.EnrollingControlPlane(Site);
        settings["GATEWAY_CLUSTER_CA_KEY"] = gateway.PathOf("certs/control-plane.key");
        var foreign = await GatewayInstallation.RunAsync(settings, "run");
        File.SetUnixFileMode(gateway.PathOf("certs/ca.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var open = await GatewayInstallation.RunAsync(gateway.EnrollingControlPlane(Site), "run");

        Assert.Equal(1, foreign.ExitCode);
        Assert.Contains("is the private key of none of the authorities in the bundle", foreign.Error, StringComparison.Ordinal);
        Assert.Equal(1, open.ExitCode);
        Assert.Contains("can be read or written by everybody (allowed: mode 0600", open.Error, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> DataPlane(GatewayInstallation gateway)
    {
        var settings = gateway.DataPlane(0, Site, gateway.Ports + 5, gateway.Ports + 6);
        settings["GATEWAY_CLUSTER_CERT"] = gateway.PathOf("own/tls.crt");
        settings["GATEWAY_CLUSTER_CERT_KEY"] = gateway.PathOf("own/tls.key");
        settings["GATEWAY_CLUSTER_CA_CERT"] = gateway.PathOf("own/ca.crt");
        return settings;
    }

    private static async Task<string> NewTokenAsync(GatewayInstallation gateway)
    {
        using var response = await gateway.Http.PostAsJsonAsync(new Uri(gateway.Admin, $"/clustering/sites/{Site}/tokens"), new JsonObject { ["ttl"] = 300 });
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["token"]!;
    }
}
