using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests.Executable;

/// <summary><c>gateway config validate</c>, with and without a control plane, and <c>dump</c>.</summary>
public sealed class ConfigFilesTests : IAsyncDisposable
{
    private const string Valid = """
        _format_version: "3.0"
        services:
          - name: echo
            host: ${{ env "DECK_ECHO_HOST" }}
            routes: [{name: echo, paths: [/echo]}]
        consumers:
          - username: alice
            keyauth_credentials: [{key: open-sesame}]
        """;

    private readonly GatewayInstallation _gateway = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_are_validated_without_a_control_plane()
    {
        await WriteAsync("valid.yaml", Valid);
        await WriteAsync("invalid.yaml", "{_format_version: '3.0', routes: [{name: r, paths: [no-slash], service: nowhere}]}");
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["DECK_ECHO_HOST"] = "echo.test" };

        var valid = await GatewayInstallation.RunAsync(environment, "config", "validate", _gateway.PathOf("valid.yaml"));
        var unset = await GatewayInstallation.RunAsync(null, "config", "validate", _gateway.PathOf("valid.yaml"));
        var invalid = await GatewayInstallation.RunAsync(null, "config", "validate", _gateway.PathOf("invalid.yaml"));
        var json = await GatewayInstallation.RunAsync(null, "config", "validate", _gateway.PathOf("invalid.yaml"), "--json");

        Assert.Equal((0, "valid; services 1, routes 1, consumers 1, keyauth_credentials 1"), (valid.ExitCode, valid.Output.TrimEnd()));
        Assert.Equal((1, $"gateway: {_gateway.PathOf("valid.yaml")}: line 4: ${{{{ env \"DECK_ECHO_HOST\" }}}}: the environment variable DECK_ECHO_HOST is not set"), (unset.ExitCode, unset.Error.TrimEnd()));
        Assert.Equal((1, 2), (invalid.ExitCode, invalid.Error.TrimEnd().Split('\n').Length));
        var errors = JsonNode.Parse(json.Output)!;
        Assert.Equal((1, false), (json.ExitCode, (bool)errors["valid"]!));
        Assert.Equal(
            [$"{_gateway.PathOf("invalid.yaml")}: routes[0].paths[0]", $"{_gateway.PathOf("invalid.yaml")}: routes[0].service"],
            errors["errors"]!.AsArray().Select(error => (string)error!["field"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_dump_with_secrets_is_for_its_owner_alone_and_syncs_back_without_a_change()
    {
        await _gateway.PrepareAsync("on-prem");
        await _gateway.StartAsync(_gateway.ControlPlane("on-prem"));
        await WriteAsync("valid.yaml", Valid.Replace("${{ env \"DECK_ECHO_HOST\" }}", "echo.test", StringComparison.Ordinal));
        Assert.Equal(0, (await RunAsync("sync", _gateway.PathOf("valid.yaml"), "--select-tag", "base")).ExitCode);
        var file = _gateway.PathOf("dump.yaml");

        var masked = await RunAsync("dump");
        var dumped = await RunAsync("dump", "--select-tag", "base", "--with-secrets", "-o", file);
        var valid = await RunAsync("validate", file);
        var diff = await RunAsync("diff", file, "--json");

        Assert.Equal((0, "gateway: 1 secret is masked: the file does not load as it is (--with-secrets)"), (masked.ExitCode, masked.Error.TrimEnd()));
        Assert.DoesNotContain("open-sesame", masked.Output, StringComparison.Ordinal);
        Assert.Equal((0, "", ""), (dumped.ExitCode, dumped.Output, dumped.Error));
        Assert.Contains("key: open-sesame", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(0, valid.ExitCode);
        Assert.Equal((0, """{"revision":2,"changes":0,"diff":[]}"""), (diff.ExitCode, diff.Output.TrimEnd()));
    }

    [Fact]
    public async Task An_OpenAPI_document_becomes_a_file_or_goes_straight_into_a_control_plane()
    {
        await _gateway.PrepareAsync("on-prem");
        await _gateway.StartAsync(_gateway.ControlPlane("on-prem"));
        await WriteAsync("api.yaml", "{openapi: 3.1.0, info: {title: Pets}, servers: [{url: 'http://pets.test'}], paths: {'/pets/{id}': {get: {operationId: show}}}}");
        await WriteAsync("two.yaml", "{openapi: 3.1.0, info: {title: Pets}, servers: [{url: 'http://a.test'}, {url: 'http://b.test'}], paths: {/pets: {get: {operationId: list}}}}");
        var file = _gateway.PathOf("pets.yaml");

        var unclear = await GatewayInstallation.RunAsync(null, "config", "import-openapi", _gateway.PathOf("two.yaml"));
        var unowned = await GatewayInstallation.RunAsync(null, "config", "import-openapi", _gateway.PathOf("api.yaml"), "--sync");
        var written = await GatewayInstallation.RunAsync(null, "config", "import-openapi", _gateway.PathOf("api.yaml"), "--select-tag", "pets", "-o", file);
        var synced = await RunAsync("import-openapi", _gateway.PathOf("api.yaml"), "--select-tag", "pets", "--sync");
        var diff = await RunAsync("diff", file);

        Assert.Equal(
            (1, $"gateway: {_gateway.PathOf("two.yaml")}: servers: there are 2, and one can be meant (allowed: --server with one of: http://a.test, http://b.test)"),
            (unclear.ExitCode, unclear.Error.TrimEnd()));
        Assert.Equal((1, "gateway: --sync: nothing says what the document owns; allowed: --select-tag TAG with it"), (unowned.ExitCode, unowned.Error.TrimEnd()));
        Assert.Equal((0, ""), (written.ExitCode, written.Output));
        Assert.Equal((0, "create services/Pets\ncreate routes/Pets_show\nrevision 2: 2 changes"), (synced.ExitCode, synced.Output.ReplaceLineEndings("\n").TrimEnd()));
        Assert.Equal((0, "nothing to change; revision 2"), (diff.ExitCode, diff.Output.TrimEnd()));
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(_gateway.PathOf(name), text, Token);

    private Task<FinishedProcess> RunAsync(string verb, params string[] options) =>
        GatewayInstallation.RunAsync(null, ["config", verb, .. options, "--admin-url", _gateway.Admin.ToString()]);
}
