using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.Plugins.Tests.MtlsAuth;

/// <summary>Which certificates are trusted: over real handshakes.</summary>
public sealed class ClientTrustTests
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly (int, string?) Trusted = (200, null);
    private static readonly (int, string?) Refused = (401, "TLS certificate failed verification");
    private static readonly TestAuthority Root = TestAuthority.Create("root");
    private static readonly TestAuthority Middle = TestAuthority.Create("middle", Root);

    [Fact]
    public async Task What_no_trusted_authority_signed_is_refused()
    {
        await using var harness = await MtlsHarness.StartAsync(null, Root);
        using var stranger = TestAuthority.Create("strangers").Issue("CN=ann");
        using var forged = Root.Forge().Issue("CN=ann");
        using var selfSigned = TestAuthority.Create("ann").Certificate;

        Assert.Equal(Refused, await harness.AskAsync(stranger));
        Assert.Equal(Refused, await harness.AskAsync(forged));
        Assert.Equal(Refused, await harness.AskAsync(selfSigned));
        Assert.Equal(0, harness.Upstream.Requests);
    }

    [Fact]
    public async Task What_is_not_valid_now_or_not_for_clients_is_refused()
    {
        await using var harness = await MtlsHarness.StartAsync(null, Root);
        var now = harness.Time.GetUtcNow();
        using var expired = Root.Issue("CN=ann", from: now.AddDays(-2), to: now.AddSeconds(-1));
        using var early = Root.Issue("CN=ann", from: now.AddSeconds(60), to: now.AddDays(2));
        using var server = Root.Issue("CN=ann", usage: ServerAuthentication);

        Assert.Equal(Refused, await harness.AskAsync(expired));
        Assert.Equal(Refused, await harness.AskAsync(early));
        Assert.Equal(Refused, await harness.AskAsync(server));
    }

    [Fact]
    public async Task What_expires_while_the_connection_is_open_is_refused_from_then_on()
    {
        await using var harness = await MtlsHarness.StartAsync(new JsonObject { ["cert_cache_ttl"] = 3_600_000 }, Root);
        using var certificate = Root.Issue("CN=ann", to: harness.Time.GetUtcNow().AddSeconds(60));
        var client = harness.Client(certificate);
        Assert.Equal(Trusted, await MtlsHarness.AskAsync(client));

        harness.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(Refused, await MtlsHarness.AskAsync(client));
    }

    [Fact]
    public async Task An_intermediate_authority_is_sent_along_or_configured()
    {
        await using var harness = await MtlsHarness.StartAsync(null, Root);
        await using var configured = await MtlsHarness.StartAsync(null, Root, Middle);
        using var certificate = Middle.Issue("CN=ann");

        Assert.Equal(Refused, await harness.AskAsync(certificate));
        Assert.Equal(Trusted, await harness.AskAsync(certificate, Middle.Certificate));
        Assert.Equal(Trusted, await configured.AskAsync(certificate));
    }

    [Fact]
    public async Task An_intermediate_authority_alone_is_trusted_where_that_is_allowed()
    {
        await using var whole = await MtlsHarness.StartAsync(null, Middle);
        await using var partial = await MtlsHarness.StartAsync(new JsonObject { ["allow_partial_chain"] = true }, Middle);
        using var certificate = Middle.Issue("CN=ann");
        using var forged = Middle.Forge().Issue("CN=ann");
        using var stranger = TestAuthority.Create("strangers").Issue("CN=ann");
        using var sibling = TestAuthority.Create("sibling", Root).Issue("CN=ann");

        Assert.Equal(Refused, await whole.AskAsync(certificate));
        Assert.Equal(Trusted, await partial.AskAsync(certificate));
        Assert.Equal(Trusted, await partial.AskAsync(certificate, Root.Certificate));
        Assert.Equal(Refused, await partial.AskAsync(forged));
        Assert.Equal(Refused, await partial.AskAsync(stranger, Middle.Certificate));
        Assert.Equal(Refused, await partial.AskAsync(sibling, Root.Certificate));

        // Certificates that contradict each other end the connection before there is a request.
        await Assert.ThrowsAsync<HttpRequestException>(() => partial.AskAsync(forged, Middle.Certificate));
        Assert.Equal(2, partial.Upstream.Requests);
    }

    [Theory]
    [InlineData("SKIP", 200, 200, 200)]
    [InlineData("IGNORE_CA_ERROR", 200, 401, 200)]
    [InlineData("STRICT", 200, 401, 401)]
    public async Task Whether_a_certificate_is_revoked_is_asked_as_the_mode_says(string mode, int good, int revoked, int unknown)
    {
        var root = TestAuthority.Create("root");
        byte[] list = [];
        await using var authority = await RunningUpstream.StartAsync(async http =>
        {
            if (http.Request.Path.StartsWithSegments("/away", StringComparison.Ordinal))
            {
                http.Response.StatusCode = 503;
                return;
            }

            http.Response.ContentType = "application/pkix-crl";
            await http.Response.Body.WriteAsync(list);
        });

        // A place of its own for each run: lists are cached on disk.
        var place = Guid.NewGuid();
        using var goodOne = root.Issue("CN=ann", crl: new Uri(authority.Url, $"/{place}"));
        using var revokedOne = root.Issue("CN=ann", crl: new Uri(authority.Url, $"/{place}"));
        using var unknownOne = root.Issue("CN=ann", crl: new Uri(authority.Url, $"/away/{place}"));
        list = root.RevocationList(revokedOne);
        await using var harness = await MtlsHarness.StartAsync(new JsonObject { ["revocation_check_mode"] = mode, ["http_timeout"] = 5000 }, root);

        Assert.Equal(good, (await harness.AskAsync(goodOne)).Status);
        Assert.Equal(revoked, (await harness.AskAsync(revokedOne)).Status);
        Assert.Equal(unknown, (await harness.AskAsync(unknownOne)).Status);
    }
}
