using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using static Gateway.Plugins.Tests.Jwt.JwtHarness;

namespace Gateway.Plugins.Tests.Jwt;

/// <summary>What attackers present.</summary>
public sealed class ForgedTokenTests(TestKeys keys) : IClassFixture<TestKeys>
{
    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS1")]
    [InlineData("hs256")]
    [InlineData("")]
    public async Task A_token_that_is_not_signed_is_refused(string algorithm)
    {
        await using var harness = await StartAsync(keys);

        foreach (var signature in new byte[][] { [], [1, 2, 3] })
        {
            var answer = await harness.BearAsync(TestKeys.Sign(new JsonObject { ["alg"] = algorithm }, Claims(), _ => signature));

            Assert.Equal((401, "Bad token; invalid alg"), (answer.Status, answer.Message));
        }

        Assert.Equal(0, harness.Upstream.Requests);
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task A_wrong_signature_is_refused(string algorithm)
    {
        await using var harness = await StartAsync(keys, algorithm);
        using var other = new TestKeys();
        var header = new JsonObject { ["alg"] = algorithm };
        var forged = algorithm == "HS256"
            ? TestKeys.Sign(header, Claims(), signed => HMACSHA256.HashData("another secret"u8, signed))
            : TestKeys.Sign(header, Claims(), signed => other.SignatureOf(algorithm, signed));
        var good = keys.Sign(algorithm, Claims());
        var parts = good.Split('.');
        var (elevated, truncated, empty) = (
            parts[0] + "." + keys.Sign(algorithm, Claims(("admin", true))).Split('.')[1] + "." + parts[2],
            parts[0] + "." + parts[1] + "." + Base64Url.EncodeToString(Base64Url.DecodeFromChars(parts[2]).AsSpan()[..^1]),
            parts[0] + "." + parts[1] + ".");

        Assert.Equal(200, (await harness.BearAsync(good)).Status);
        foreach (var token in new[] { forged, elevated, truncated, empty })
        {
            var answer = await harness.BearAsync(token);

            Assert.Equal((401, "Invalid signature"), (answer.Status, answer.Message));
        }
    }

    [Fact]
    public async Task A_public_key_is_no_secret()
    {
        await using var harness = await StartAsync(keys, "RS256");
        foreach (var key in new[] { keys.Rsa.ExportSubjectPublicKeyInfoPem(), keys.Rsa.ExportSubjectPublicKeyInfoPem() + "\n", keys.Rsa.ExportRSAPublicKeyPem(), TestKeys.Secret })
        {
            var answer = await harness.BearAsync(TestKeys.Sign(new JsonObject { ["alg"] = "HS256" }, Claims(), signed => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed)));

            Assert.Equal((401, "Invalid algorithm"), (answer.Status, answer.Message));
        }
    }

    [Theory]
    [InlineData("RS256", "PS256")]
    [InlineData("RS256", "RS512")]
    [InlineData("ES256", "ES384")]
    [InlineData("HS256", "HS512")]
    public async Task Another_algorithm_than_the_credentials_is_refused(string credential, string token)
    {
        await using var harness = await StartAsync(keys, credential);

        Assert.Equal("Invalid algorithm", (await harness.BearAsync(keys.Sign(token, Claims()))).Message);
    }

    [Fact]
    public async Task A_key_on_another_curve_is_no_key()
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Jwt(harness.Configuration.Consumer("ann"), Key, "ES256", secret: null, keys.PublicKeyOf("ES384"));
        harness.Configuration.Plugin("jwt");
        await harness.ApplyAsync();

        Assert.Equal("Invalid key/secret", (await harness.BearAsync(keys.Sign("ES256", Claims()))).Message);
    }

    public static TheoryData<string, string, string> Malformed => new()
    {
        { """{"alg":"HS256"}""", """{"iss":"ann-key","iss":"ann-key"}""", "Bad token; invalid JSON" },
        { """{"alg":"HS256","alg":"HS256"}""", """{"iss":"ann-key"}""", "Bad token; invalid JSON" },
        { """["HS256"]""", """{"iss":"ann-key"}""", "Bad token; invalid JSON" },
        { """{"alg":"HS256"}""", "null", "Bad token; invalid JSON" },
        { """{"alg":"HS256"}""", """{"iss":"ann-key"} """ + "{}", "Bad token; invalid JSON" },
        { """{"alg":"HS256"}""", """{"iss":"\ud800"}""", "Invalid 'iss' in claims" },
        { """{"alg":"HS256"}""", """{"iss":["ann-key"]}""", "Invalid 'iss' in claims" },
        { """{"alg":"HS256"}""", """{"iss":""}""", "Invalid 'iss' in claims" },
        { """{"alg":["HS256"]}""", """{"iss":"ann-key"}""", "Bad token; invalid alg" },
        { """{}""", """{"iss":"ann-key"}""", "Bad token; invalid alg" },
        { """{"alg":"HS256","typ":"JWE"}""", """{"iss":"ann-key"}""", "Bad token; invalid typ" },
        { """{"alg":"HS256","crit":["b64"],"b64":false}""", """{"iss":"ann-key"}""", "Bad token; invalid crit" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_is_not_well_formed_is_refused_even_if_it_is_signed(string header, string claims, string message)
    {
        await using var harness = await StartAsync(keys);

        var answer = await harness.BearAsync(TestKeys.Raw(header, claims, signed => keys.SignatureOf("HS256", signed)));

        Assert.Equal((401, message), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("..")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.e30.*")]
    public async Task What_is_no_token_is_refused(string token)
    {
        await using var harness = await StartAsync(keys);

        Assert.StartsWith("Bad token; ", (await harness.BearAsync(token)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, long, long, string?> Times => new()
    {
        { "exp,nbf", 60, 0, null },
        { "exp,nbf", 1, -1, null },
        { "exp,nbf", 0, 0, """{"exp":"token expired"}""" },
        { "exp,nbf", -60, 0, """{"exp":"token expired"}""" },
        { "exp,nbf", 60, 1, """{"nbf":"token not yet valid"}""" },
        { "exp,nbf", -1, 1, """{"exp":"token expired","nbf":"token not yet valid"}""" },
        { "exp,nbf", 301, 0, """{"exp":"exceeds maximum allowed expiration"}""" },
        { "exp,nbf", 300, 0, null },
        { "exp", 60, 1, null },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public async Task Times_are_verified_as_the_config_says(string verified, long expires, long notBefore, string? problem)
    {
        await using var harness = await StartAsync(
            keys, config: new JsonObject { ["claims_to_verify"] = new JsonArray([.. verified.Split(',').Select(claim => (JsonNode)claim)]), ["maximum_expiration"] = 300 });
        var now = harness.Time.GetUtcNow().ToUnixTimeSeconds();

        var answer = await harness.BearAsync(keys.Sign("HS256", Claims(("exp", now + expires), ("nbf", now + notBefore))));

        Assert.Equal(problem is null ? 200 : 401, answer.Status);
        if (problem is not null)
        {
            Assert.Equal(problem, answer.Body);
            Assert.Equal("Bearer error=\"invalid_token\"", answer.Header("WWW-Authenticate"));
        }
    }

    [Theory]
    [InlineData("""{"iss":"ann-key"}""")]
    [InlineData("""{"iss":"ann-key","exp":"never"}""")]
    [InlineData("""{"iss":"ann-key","exp":null}""")]
    public async Task An_expiration_that_is_verified_is_required(string claims)
    {
        await using var harness = await StartAsync(keys, config: new JsonObject { ["claims_to_verify"] = new JsonArray("exp") });

        Assert.Equal("""{"exp":"must be a number"}""", (await harness.BearAsync(keys.Sign("HS256", JsonNode.Parse(claims)!.AsObject()))).Body);
    }

    [Fact]
    public async Task A_token_that_was_good_expires()
    {
        await using var harness = await StartAsync(keys, config: new JsonObject { ["claims_to_verify"] = new JsonArray("exp") });
        var token = keys.Sign("HS256", Claims(("exp", harness.Time.GetUtcNow().ToUnixTimeSeconds() + 60)));
        Assert.Equal(200, (await harness.BearAsync(token)).Status);

        harness.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("""{"exp":"token expired"}""", (await harness.BearAsync(token)).Body);
    }
}
