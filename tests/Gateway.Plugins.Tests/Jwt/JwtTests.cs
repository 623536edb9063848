using System.Text;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model.Plugins;
using static Gateway.Plugins.Tests.Jwt.JwtHarness;

namespace Gateway.Plugins.Tests.Jwt;

/// <summary>Who may pass, and where tokens are looked for.</summary>
public sealed class JwtTests(TestKeys keys) : IClassFixture<TestKeys>
{
    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task Who_presents_a_token_that_its_credential_signed_is_its_consumer(string algorithm)
    {
        await using var harness = await StartAsync(keys, algorithm);
        var token = keys.Sign(algorithm, Claims());

        // The second one is remembered.
        Assert.Equal(200, (await harness.BearAsync(token)).Status);
        Assert.Equal(200, (await harness.BearAsync(token)).Status);

        Assert.Equal("ann", harness.Upstream.LastHeaders["X-Consumer-Username"]);
        Assert.Equal(Key, harness.Upstream.LastHeaders["X-Credential-Identifier"]);
    }

    [Theory]
    [InlineData("authorization", "Bearer {0}", "/x", 200)]
    [InlineData("authorization", "bearer   {0}", "/x", 200)]
    [InlineData("authorization", "{0}", "/x", 401)]
    [InlineData("x-token", "Bearer {0}", "/x", 401)]
    [InlineData(null, null, "/x?a=b&jwt={0}", 200)]
    [InlineData(null, null, "/x?token={0}", 401)]
    [InlineData("Cookie", "a=b; session={0}", "/x", 401)]
    public async Task Tokens_are_looked_for_in_the_query_and_the_authorization_header(string? header, string? value, string target, int status)
    {
        await using var harness = await StartAsync(keys);

        Assert.Equal(status, await AskAsync(harness, header, value, target));
    }

    [Theory]
    [InlineData("x-token", "Bearer {0}", "/x", 200)]
    [InlineData(null, null, "/x?token={0}", 200)]
    [InlineData("Cookie", "a=b; session={0}", "/x", 200)]
    [InlineData("authorization", "Bearer {0}", "/x", 401)]
    [InlineData(null, null, "/x?jwt={0}", 401)]
    public async Task Or_wherever_the_config_says(string? header, string? value, string target, int status)
    {
        await using var harness = await StartAsync(
            keys,
            config: new JsonObject { ["header_names"] = new JsonArray("x-token"), ["uri_param_names"] = new JsonArray("token"), ["cookie_names"] = new JsonArray("session") });

        Assert.Equal(status, await AskAsync(harness, header, value, target));
    }

    [Fact]
    public async Task Two_different_tokens_are_refused_and_the_same_one_twice_is_one()
    {
        await using var harness = await StartAsync(keys);
        var (token, other) = (keys.Sign("HS256", Claims()), keys.Sign("HS256", Claims(("a", 1))));

        Assert.Equal(200, (await harness.GetAsync("/x?jwt=" + token, ("Authorization", "Bearer " + token))).Status);
        var answer = await harness.GetAsync("/x?jwt=" + other, ("Authorization", "Bearer " + token));

        Assert.Equal((401, "Multiple tokens provided"), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData(null, "Bearer", "Bearer error=\"invalid_token\"")]
    [InlineData("pets", "Bearer realm=\"pets\"", "Bearer realm=\"pets\" error=\"invalid_token\"")]
    public async Task A_refusal_says_how_to_authenticate(string? realm, string missing, string invalid)
    {
        await using var harness = await StartAsync(keys, config: new JsonObject { ["realm"] = realm });

        var none = await harness.GetAsync();
        var bad = await harness.BearAsync("x");

        Assert.Equal((401, "Unauthorized", missing), (none.Status, none.Message, none.Header("WWW-Authenticate")));
        Assert.Equal((401, "Bad token; invalid JSON", invalid), (bad.Status, bad.Message, bad.Header("WWW-Authenticate")));
    }

    [Fact]
    public async Task Another_claim_or_a_field_of_the_header_may_name_the_credential()
    {
        await using var harness = await StartAsync(keys, config: new JsonObject { ["key_claim_name"] = "kid" });
        var inHeader = TestKeys.Sign(new JsonObject { ["alg"] = "HS256", ["kid"] = Key }, [], signed => keys.SignatureOf("HS256", signed));

        Assert.Equal(200, (await harness.BearAsync(inHeader)).Status);
        Assert.Equal(200, (await harness.BearAsync(keys.Sign("HS256", new JsonObject { ["kid"] = Key }))).Status);
        Assert.Equal("No mandatory 'kid' in claims", (await harness.BearAsync(keys.Sign("HS256", Claims()))).Message);
        Assert.Equal("Invalid 'kid' in claims", (await harness.BearAsync(keys.Sign("HS256", new JsonObject { ["kid"] = 1 }))).Message);
        Assert.Equal("No credentials found for given 'kid'", (await harness.BearAsync(keys.Sign("HS256", new JsonObject { ["kid"] = "b" }))).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_secret_may_be_base64_in_either_alphabet(bool url)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(TestKeys.Secret));
        await using var harness = await StartAsync(
            keys, config: new JsonObject { ["secret_is_base64"] = true }, secret: url ? encoded.TrimEnd('=').Replace('+', '-').Replace('/', '_') : encoded);

        Assert.Equal(200, (await harness.BearAsync(keys.Sign("HS256", Claims()))).Status);
    }

    [Fact]
    public async Task A_secret_that_is_not_base64_refuses_everything()
    {
        await using var harness = await StartAsync(keys, config: new JsonObject { ["secret_is_base64"] = true }, secret: "***");

        Assert.Equal("Invalid key/secret", (await harness.BearAsync(keys.Sign("HS256", Claims()))).Message);
    }

    [Fact]
    public async Task A_changed_credential_ends_its_tokens_at_once()
    {
        await using var harness = await PluginHarness.StartAsync();
        var ann = harness.Configuration.Consumer("ann");
        var id = harness.Configuration.Jwt(ann, Key, "HS256", TestKeys.Secret, publicKey: null);
        harness.Configuration.Plugin("jwt");
        await harness.ApplyAsync(1);
        var token = keys.Sign("HS256", Claims());
        Assert.Equal(200, (await harness.BearAsync(token)).Status);

        var change = new ConfigurationBuilder();
        change.Jwt(ann, Key, "HS256", "another secret", publicKey: null, id);
        await harness.Plane.ApplyAsync(change.Delta(2));

        Assert.Equal("Invalid signature", (await harness.BearAsync(token)).Message);
    }

    [Fact]
    public async Task Who_has_no_valid_token_may_be_a_consumer_of_its_own()
    {
        await using var harness = await StartAsync(keys, config: new JsonObject { ["anonymous"] = "guest" });

        Assert.Equal(200, (await harness.BearAsync("x")).Status);
        Assert.Equal("guest", harness.Upstream.LastHeaders["X-Consumer-Username"]);
        Assert.Equal(200, (await harness.BearAsync(keys.Sign("HS256", Claims()))).Status);
        Assert.Equal("ann", harness.Upstream.LastHeaders["X-Consumer-Username"]);
    }

    [Theory]
    [InlineData(true, 401)]
    [InlineData(false, 200)]
    public async Task A_preflight_needs_a_token_unless_it_does_not(bool onPreflight, int status)
    {
        await using var harness = await StartAsync(keys, config: new JsonObject { ["run_on_preflight"] = onPreflight });
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri("/x", UriKind.Relative));

        Assert.Equal(status, (await harness.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("""{"maximum_expiration":60,"claims_to_verify":["nbf"]}""", 1)]
    [InlineData("""{"maximum_expiration":60,"claims_to_verify":null}""", 1)]
    [InlineData("""{"maximum_expiration":60,"claims_to_verify":["nbf","exp"]}""", 0)]
    [InlineData("""{"maximum_expiration":0}""", 0)]
    public void A_limit_of_the_expiration_needs_the_expiration(string config, int errors) =>
        Assert.Equal(errors, PluginCatalogue.Find("jwt")!.Checks.SelectMany(check => check(JsonNode.Parse(config)!.AsObject())).Count(error => error.Field == "claims_to_verify"));

    private async Task<int> AskAsync(PluginHarness harness, string? header, string? value, string target)
    {
        var token = keys.Sign("HS256", Claims());
        target = target.Replace("{0}", token, StringComparison.Ordinal);
        var answer = header is null ? await harness.GetAsync(target) : await harness.GetAsync(target, (header, value!.Replace("{0}", token, StringComparison.Ordinal)));
        return answer.Status;
    }
}
