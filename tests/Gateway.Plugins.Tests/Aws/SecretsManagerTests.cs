using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gateway.DataPlane.References;
using Gateway.DataPlane.Tests.Hosting.Support;
using Gateway.Model.References;
using Gateway.Plugins.Aws;
using Gateway.Plugins.Tests.OpenSearchLog;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Plugins.Tests.Aws;

/// <summary>References to AWS Secrets Manager, by a stand-in that recomputes signatures.</summary>
public sealed class SecretsManagerTests : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, string> _secrets = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private RunningUpstream _service = null!;
    private bool _isAway;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", BulkTarget.KeyId);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", BulkTarget.Secret);
        _service = await RunningUpstream.StartAsync(AnswerAsync);
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SECRETS_MANAGER", _service.Url.AbsoluteUri);
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SECRETS_MANAGER", null);
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_secret_s_property_is_the_value_and_the_secret_is_asked_for_once()
    {
        _secrets["prod/log"] = """{"token":"t0p","other":1}""";
        var headers = new ConcurrentQueue<string>();
        await using var log = await RunningUpstream.StartAsync(http =>
        {
            headers.Enqueue($"{http.Request.Headers["X-Token"]} {http.Request.Headers["X-Other"]}");
            return Task.CompletedTask;
        });
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("http-log", new JsonObject
        {
            ["http_endpoint"] = log.Url.AbsoluteUri,
            ["headers"] = new JsonObject { ["X-Token"] = "{vault://aws/prod%2Flog/token?region=eu-central-1}", ["X-Other"] = "{vault://aws/prod%2Flog/other?region=eu-central-1}" },
        });
        await harness.ApplyAsync();

        await Eventually.TrueAsync(async () =>
        {
            await harness.GetAsync();
            return !headers.IsEmpty;
        });

        Assert.All(headers, static header => Assert.Equal("t0p 1", header));
        Assert.Equal(["prod/log"], _asked);
    }

    [Fact]
    public async Task An_authentication_whose_secret_does_not_exist_answers_500_until_it_does()
    {
        await using var harness = await PluginHarness.StartAsync();
        harness.Configuration.Plugin("openid-connect", new JsonObject
        {
            ["issuer"] = "http://127.0.0.1:1",
            ["auth_methods"] = new JsonArray("bearer", "session"),
            ["session_secret"] = "{vault://aws/session?region=eu-central-1}",
        });
        await harness.ApplyAsync();
        await Eventually.TrueAsync(() => _asked.Contains("session"));

        Assert.Equal(500, (await harness.GetAsync()).Status);
    }

    [Fact]
    public async Task A_rotated_secret_is_read_within_a_minute_and_the_last_one_goes_on_for_an_hour_while_nobody_answers()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        using var source = new SecretsManager();
        using var remote = new RemoteReferences([source], time, NullLogger<RemoteReferences>.Instance);
        Assert.True(VaultReference.TryParse("{vault://aws/key?region=eu-central-1}", out var reference, out _));
        _secrets["key"] = "first";

        Assert.Null(remote.Find(reference));
        await remote.ReadAsync(CancellationToken.None);
        Assert.Equal("first", remote.Find(reference));

        _secrets["key"] = "second";
        await remote.ReadAsync(CancellationToken.None);
        Assert.Equal("first", remote.Find(reference));
        time.Advance(TimeSpan.FromSeconds(60));
        await remote.ReadAsync(CancellationToken.None);
        Assert.Equal("second", remote.Find(reference));

        _isAway = true;
        for (var i = 0; i < 59; i++)
        {
            time.Advance(TimeSpan.FromSeconds(61));
            await remote.ReadAsync(CancellationToken.None);
            Assert.Equal("second", remote.Find(reference));
        }

        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Null(remote.Find(reference));
        _isAway = false;
        await remote.ReadAsync(CancellationToken.None);
        Assert.Equal("second", remote.Find(reference));
    }

    [Theory]
    [InlineData("{vault://aws/a}", "a", null, null)]
    [InlineData("{vault://aws/a/b}", "a", "b", null)]
    [InlineData("{vault://aws/a%2Fb/c?region=us-east-1}", "a/b", "c", "us-east-1")]
    [InlineData("{vault://aws/arn:aws:secretsmanager:eu-west-1:1:secret:x-AbCdEf/c}", "arn:aws:secretsmanager:eu-west-1:1:secret:x-AbCdEf", "c", null)]
    public void References_are_read(string text, string name, string? key, string? region)
    {
        Assert.True(VaultReference.TryParse(text, out var reference, out _));
        Assert.Equal(new VaultReference(VaultReference.Aws, name, key, region), reference);
    }

    [Theory]
    [InlineData("{vault://aws/}")]
    [InlineData("{vault://aws/a/b/c}")]
    [InlineData("{vault://aws/a?zone=x}")]
    [InlineData("{vault://aws/a?region=}")]
    [InlineData("{vault://aws/a?region=EU WEST}")]
    [InlineData("{vault://aws/a b}")]
    public void What_is_none_is_refused(string text) => Assert.False(VaultReference.TryParse(text, out _, out _));

    private async Task AnswerAsync(HttpContext http)
    {
        using var copy = new MemoryStream();
        await http.Request.Body.CopyToAsync(copy);
        var body = copy.ToArray();
        var problem = SignatureVersion4.Problem(http.Request, body, BulkTarget.KeyId, BulkTarget.Secret, "eu-central-1", "secretsmanager");
        var name = (string?)JsonNode.Parse(body)?["SecretId"] ?? string.Empty;
        _asked.Enqueue(name);
        var (status, answer) = _isAway ? (500, new JsonObject { ["__type"] = "InternalServiceError" })
            : problem is not null || http.Request.Headers["X-Amz-Target"] != "secretsmanager.GetSecretValue" ? (400, new JsonObject { ["__type"] = "InvalidSignatureException" })
            : _secrets.TryGetValue(name, out var secret) ? (200, new JsonObject { ["Name"] = name, ["SecretString"] = secret })
            : (400, new JsonObject { ["__type"] = "com.amazonaws.secretsmanager#ResourceNotFoundException" });
        http.Response.StatusCode = status;
        await http.Response.WriteAsJsonAsync(answer);
    }
}
