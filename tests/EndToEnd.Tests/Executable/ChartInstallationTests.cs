using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary>
/// A control plane and a data plane with exactly the environment that the chart gives their pods where its values are those of an article on the hybrid mode: only addresses,
/// and paths of what a pod would have mounted, are those of this machine. Nothing else is needed but the certificates.
/// </summary>
public sealed class ChartInstallationTests : IAsyncDisposable
{
    private readonly GatewayInstallation _gateway = new();

    [Fact]
    public async Task What_an_article_sets_is_a_control_plane_and_a_data_plane_that_serve_a_request()
    {
        var controlPlane = await RenderedRelease.OfAsync("article-control-plane");
        var dataPlane = await RenderedRelease.OfAsync("article-data-plane");
        await _gateway.PrepareAsync("factory");
        await using var upstream = HttpUpstream.Start("served");

        await _gateway.StartAsync(await PlaceAsync(controlPlane, "control-plane", _gateway.Ports + 7));
        await _gateway.PostAsync("/services", $$"""{"name":"a","url":"{{upstream.Address}}"}""");
        await _gateway.PostAsync("/services/a/routes", """{"paths":["/a"]}""");
        await _gateway.StartAsync(await PlaceAsync(dataPlane, "factory", _gateway.Ports + 110));

        await Eventually.TrueAsync(async () =>
        {
            using var response = await _gateway.Http.GetAsync(new Uri(_gateway.Proxy(0), "/a"));
            return response.StatusCode is HttpStatusCode.OK && await response.Content.ReadAsStringAsync() is "served";
        });
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    /// <summary>The pod's environment, on this machine: mounts are folders, and its ports are free ones.</summary>
    private async Task<Dictionary<string, string?>> PlaceAsync(RenderedRelease release, string identity, int statusPort)
    {
        var root = _gateway.PathOf($"pod-{identity}");
        var certificate = Directory.CreateDirectory(Path.Combine(root, "certificate")).FullName;
        File.Copy(_gateway.PathOf($"certs/{identity}.crt"), Path.Combine(certificate, "tls.crt"));
        File.Copy(_gateway.PathOf($"certs/{identity}.key"), Path.Combine(certificate, "tls.key"));
        File.Copy(_gateway.PathOf("certs/ca.crt"), Path.Combine(certificate, "ca.crt"));
        var keys = Directory.CreateDirectory(Path.Combine(root, "keys")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(keys, "keys.json"), release.Secret("keys.json")!, TestContext.Current.CancellationToken);
        var token = Directory.CreateDirectory(Path.Combine(root, "token")).FullName;
        if (release.Secret("token") is { } adminToken)
        {
            await File.WriteAllBytesAsync(Path.Combine(token, "token"), adminToken, TestContext.Current.CancellationToken);
            _gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Encoding.ASCII.GetString(adminToken));
        }

        var state = Directory.CreateDirectory(Path.Combine(root, "state")).FullName;

        (string InPod, string Here)[] places =
        [
            ("/etc/secrets/cluster-certificate", certificate),
            ("/etc/secrets/keys", keys),
            ("/etc/secrets/admin-token", token),
            ("/var/lib/gateway", state),
            ("0.0.0.0:8000", $"127.0.0.1:{_gateway.Proxy(0).Port}"),
            ("0.0.0.0:8443", $"127.0.0.1:{_gateway.Ports + 20}"),
            ("0.0.0.0:8001", $"127.0.0.1:{_gateway.Admin.Port}"),
            ("0.0.0.0:8002", $"127.0.0.1:{_gateway.Ports + 150}"),
            ("0.0.0.0:8005", $"127.0.0.1:{_gateway.Ports + 5}"),
            ("0.0.0.0:8006", $"127.0.0.1:{_gateway.Ports + 6}"),
            ("0.0.0.0:8100", $"127.0.0.1:{statusPort}"),
            ("control-plane.example.com:8005", $"localhost:{_gateway.Ports + 5}"),
            ("control-plane.example.com:8006", $"localhost:{_gateway.Ports + 6}"),
        ];
        var environment = release.Environment.ToDictionary(
            variable => variable.Key,
            variable => (string?)places.Aggregate(variable.Value!, (value, place) => value.Replace(place.InPod, place.Here, StringComparison.Ordinal)),
            StringComparer.Ordinal);

        if (release.Secret("token") is not null)
        {
            // In the pod it is not loopback that the Admin API listens on.
            environment["GATEWAY_ADMIN_AUTH"] = "on";
        }

        // As in the image, and where nothing can be written to beside the state.
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["TMPDIR"] = Path.Combine(root, "not-there");
        return environment;
    }
}
