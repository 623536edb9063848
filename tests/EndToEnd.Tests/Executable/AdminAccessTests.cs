using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary>The Admin API of a real process: TLS, tokens, and the commands that show them.</summary>
public sealed class AdminAccessTests : IAsyncDisposable
{
    private const string AdminToken = "an-admin-token-of-more-than-32-characters";

    private readonly GatewayInstallation _gateway = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Secure => new($"https://localhost:{_gateway.Ports + 4}/");

    [Fact]
    public async Task Over_tls_commands_show_their_token_and_a_renewed_certificate_needs_no_restart()
    {
        await _gateway.PrepareAsync("on-prem");
        using var first = WriteCertificate("first");
        await File.WriteAllTextAsync(_gateway.PathOf("token"), AdminToken + "\n", Token);
        var settings = Settings();
        settings["GATEWAY_ADMIN_LISTEN"] = $"127.0.0.1:{_gateway.Ports + 1}, 127.0.0.1:{_gateway.Ports + 4} ssl";
        settings["GATEWAY_ADMIN_SSL_CERT"] = _gateway.PathOf("admin.crt");
        settings["GATEWAY_ADMIN_SSL_CERT_KEY"] = _gateway.PathOf("admin.key");
        var process = await _gateway.StartAsync(settings);
        await process.LineAsync(line => line.Contains("The Admin API requires authentication: the admin token of the settings, personal tokens", StringComparison.Ordinal));

        using (var refused = await _gateway.Http.GetAsync(new Uri(_gateway.Admin, "/services"), Token))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        await File.WriteAllTextAsync(_gateway.PathOf("base.yaml"), "{_format_version: '3.0', services: [{name: a, host: a.test}]}", Token);
        string[] sync = ["config", "sync", _gateway.PathOf("base.yaml"), "--all", "--admin-url", Secure.ToString(), "--ca-file", _gateway.PathOf("admin.crt")];
        var without = await GatewayInstallation.RunAsync(null, [.. sync, "--wait", "0"]);
        var with = await GatewayInstallation.RunAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["GATEWAY_ADMIN_TOKEN"] = AdminToken }, sync);
        var byFile = await GatewayInstallation.RunAsync(null, ["release", "status", "--admin-url", Secure.ToString(), "--ca-file", _gateway.PathOf("admin.crt"), "--token-file", _gateway.PathOf("token")]);
        Assert.Equal(1, without.ExitCode);
        Assert.Contains("needs a token", without.Error, StringComparison.Ordinal);
        Assert.Equal((0, 0), (with.ExitCode, byFile.ExitCode));

        using var second = WriteCertificate("second");
        await Eventually.TrueAsync(async () => await ShownAsync() == second.Thumbprint);
        var reported = Reports(process);
        await File.WriteAllTextAsync(_gateway.PathOf("admin.crt"), "no certificate", Token);
        await Eventually.TrueAsync(async () => await ShownAsync() == second.Thumbprint && Reports(process) > reported);
    }

    [Fact]
    public async Task An_admin_token_that_is_replaced_in_its_file_ends_without_a_restart()
    {
        await _gateway.PrepareAsync("on-prem");
        await File.WriteAllTextAsync(_gateway.PathOf("token"), AdminToken, Token);
        await _gateway.StartAsync(Settings());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(AdminToken));

        await File.WriteAllTextAsync(_gateway.PathOf("token"), "another-" + AdminToken, Token);

        await Eventually.TrueAsync(async () => await StatusAsync("another-" + AdminToken) is HttpStatusCode.OK);
        Assert.NotEqual(HttpStatusCode.OK, await StatusAsync(AdminToken));
    }

    [Fact]
    public async Task History_is_listed_shown_and_rolled_back_from_the_command_line()
    {
        await _gateway.PrepareAsync("on-prem");
        await _gateway.StartAsync(_gateway.ControlPlane("on-prem"));
        await _gateway.PostAsync("/services", """{"name":"a","host":"one.test"}""");
        await _gateway.PostAsync("/services", """{"name":"b","host":"b.test"}""");

        var history = await RunAsync("history");
        var show = await RunAsync("show", "2");
        var rehearsed = await RunAsync("rollback", "2", "--dry-run");
        var rolledBack = await RunAsync("rollback", "2", "--reason", "enough");
        var json = await RunAsync("show", "4", "--json");
        var missing = await RunAsync("rollback", "99");

        Assert.Equal((0, 3), (history.ExitCode, history.Output.TrimEnd().Split('\n').Length));
        Assert.Contains("create services/a", show.Output, StringComparison.Ordinal);
        Assert.Equal(("delete services/b\n1 change; revision 3", "delete services/b\n1 change; revision 4"), (Lines(rehearsed), Lines(rolledBack)));
        Assert.Contains("\"message\":\"rollback to revision 2: enough\"", json.Output, StringComparison.Ordinal);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("revision 99 is not in the log; allowed: 1 to 4", missing.Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    private Dictionary<string, string?> Settings()
    {
        var settings = _gateway.ControlPlane("on-prem");
        settings["GATEWAY_ADMIN_AUTH"] = "on";
        settings["GATEWAY_ADMIN_TOKEN_FILE"] = _gateway.PathOf("token");
        return settings;
    }

    private static int Reports(RunningProcess process) => process.Lines.Count(line => line.Contains("can't be used", StringComparison.Ordinal));

    private static string Lines(FinishedProcess process) => process.Output.ReplaceLineEndings("\n").TrimEnd();

    private Task<FinishedProcess> RunAsync(string verb, params IReadOnlyList<string> arguments) =>
        GatewayInstallation.RunAsync(null, ["config", verb, .. arguments, "--admin-url", _gateway.Admin.ToString()]);

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_gateway.Admin, "/whoami"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _gateway.Http.SendAsync(request, Token);
        return response.StatusCode;
    }

    /// <summary>The thumbprint of the certificate that a new connection is shown.</summary>
    private async Task<string?> ShownAsync()
    {
        string? thumbprint = null;
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    // Which one it is, is what the test is about: none is trusted.
                    thumbprint = (certificate as X509Certificate2)?.Thumbprint;
                    return thumbprint is not null;
                },
            },
        };
        using var http = new HttpClient(handler);
        using var response = await http.GetAsync(Secure, Token);
        return thumbprint;
    }

    private X509Certificate2 WriteCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));

        // The key first: between the two writes they do not fit, which is reported, and what was shown stays.
        File.WriteAllText(_gateway.PathOf("admin.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_gateway.PathOf("admin.crt"), certificate.ExportCertificatePem());
        return certificate;
    }
}
