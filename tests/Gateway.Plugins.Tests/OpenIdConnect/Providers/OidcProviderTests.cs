using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace Gateway.Plugins.Tests.OpenIdConnect.Providers;

/// <summary>Against <c>oidc-provider</c>, which is certified to behave as OpenID Connect says.</summary>
public sealed class OidcProviderTests : IAsyncLifetime
{
    private readonly int _port = FreePorts.One();
    private PluginHarness _plane = null!;
    private RunningProcess _provider = null!;

    private string Issuer => $"http://127.0.0.1:{_port}";

    private string Back => new Uri(_plane.Plane.Proxy, "/x/back").AbsoluteUri;

    public async ValueTask InitializeAsync()
    {
        _plane = await PluginHarness.StartAsync();

        // The provider's clock is the real one.
        _plane.Time.Advance(TimeProvider.System.GetUtcNow() - _plane.Time.GetUtcNow());
        _provider = await StartProviderAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }

        await _plane.DisposeAsync();
    }

    [Fact]
    public async Task A_user_signs_in_has_a_session_that_is_renewed_and_leaves()
    {
        await ConfigureAsync(new JsonObject
        {
            ["auth_methods"] = new JsonArray("authorization_code", "session"),
            ["redirect_uri"] = new JsonArray(Back),
            ["scopes"] = new JsonArray("openid", "email", "read"),
            ["login_action"] = "redirect",
            ["logout_uri_suffix"] = "/sign-out",
            ["logout_redirect_uri"] = new JsonArray(Back),
            ["logout_revoke"] = true,
            ["scopes_required"] = new JsonArray("read"),
            ["audience_required"] = new JsonArray("urn:orders"),
        });
        using var browser = new Browser(_plane.Plane.Proxy);

        var back = await browser.SignInAsync("/x/page");
        Assert.Equal((HttpStatusCode.Found, "/x/page"), (back.Status, back.Location));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x/page")).Status);
        Assert.Equal("ann", _plane.Upstream.LastHeaders["X-Credential-Identifier"]);
        var first = _plane.Upstream.LastHeaders["Authorization"];

        _plane.Time.Advance(TimeSpan.FromSeconds(290));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/x/page")).Status);
        Assert.NotEqual(first, _plane.Upstream.LastHeaders["Authorization"]);

        var left = await browser.SendAsync(HttpMethod.Post, "/x/sign-out");
        Assert.Equal(HttpStatusCode.Found, left.Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(left.Location!)).Status);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/x/page")).Status);
    }

    [Fact]
    public async Task A_machine_s_token_is_taken_and_its_credentials_are_exchanged_for_one()
    {
        await ConfigureAsync(new JsonObject { ["auth_methods"] = new JsonArray("bearer", "client_credentials"), ["scopes"] = new JsonArray("read"), ["scopes_required"] = new JsonArray("read") });

        Assert.Equal(200, (await _plane.GetAsync("/x", ("Authorization", "Bearer " + await TokenAsync("read")))).Status);
        Assert.Equal(403, (await _plane.GetAsync("/x", ("Authorization", "Bearer " + await TokenAsync("write")))).Status);
        Assert.Equal(200, (await _plane.GetAsync("/x", ("Authorization", Basic("machine", "machine-secret")))).Status);
        Assert.Equal(401, (await _plane.GetAsync("/x", ("Authorization", Basic("machine", "wrong")))).Status);
        Assert.Equal("machine", _plane.Upstream.LastHeaders["X-Credential-Identifier"]);
    }

    [Fact]
    public async Task Keys_that_the_provider_replaced_are_taken_up()
    {
        await ConfigureAsync(new JsonObject { ["auth_methods"] = new JsonArray("bearer"), ["rediscovery_lifetime"] = 1 });
        var old = await TokenAsync("read");
        Assert.Equal(200, (await _plane.GetAsync("/x", ("Authorization", "Bearer " + old))).Status);

        await _provider.DisposeAsync();
        Assert.Equal(200, (await _plane.GetAsync("/x", ("Authorization", "Bearer " + old))).Status);
        _provider = await StartProviderAsync();
        _plane.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(200, (await _plane.GetAsync("/x", ("Authorization", "Bearer " + await TokenAsync("read")))).Status);
        Assert.Equal(401, (await _plane.GetAsync("/x", ("Authorization", "Bearer " + old))).Status);
    }

    private async Task<RunningProcess> StartProviderAsync()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "OpenIdConnect", "Providers", "oidc-provider.mjs");
        using var rsa = RSA.Create(2048);
        var key = rsa.ExportParameters(true);
        var jwk = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = Guid.NewGuid().ToString() };
        foreach (var (name, value) in new[] { ("n", key.Modulus), ("e", key.Exponent), ("d", key.D), ("p", key.P), ("q", key.Q), ("dp", key.DP), ("dq", key.DQ), ("qi", key.InverseQ) })
        {
            jwk[name] = Base64Url.EncodeToString(value);
        }

        var keys = new JsonObject { ["keys"] = new JsonArray(jwk) }.ToJsonString();
        return await NodeServer.StartAsync(script, AppContext.BaseDirectory, "listening", ("PORT", $"{_port}"), ("REDIRECT_URI", Back), ("JWKS", keys));
    }

    private Task ConfigureAsync(JsonObject config)
    {
        config["issuer"] = Issuer;
        config["client_id"] = new JsonArray("gateway");
        config["client_secret"] = new JsonArray("gateway-secret");
        _plane.Configuration.Plugin("openid-connect", config);
        return _plane.ApplyAsync();
    }

    private async Task<string> TokenAsync(string scope)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Issuer + "/token"))
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", scope)]),
        };
        request.Headers.TryAddWithoutValidation("Authorization", Basic("machine", "machine-secret"));
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!;
    }

    private static string Basic(string name, string secret) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}"));
}
