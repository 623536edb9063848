using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Gateway.ControlPlane.Store.Databases;

namespace Gateway.ControlPlane.Tests.Store;

/// <summary>Signing in to RDS by IAM: the token as AWS describes it, worked out here a second time, and sent over TLS by a real connection.</summary>
public sealed class RdsSignInTests
{
    private const string AccessKey = "AKIDEXAMPLE";
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Host = "gateway.cluster-abc.eu-central-1.rds.amazonaws.com";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("a/session+token==")]
    public async Task The_token_is_the_presigned_request_that_aws_describes(string? session)
    {
        AWSCredentials credentials = session is null ? new BasicAWSCredentials(AccessKey, SecretKey) : new SessionAWSCredentials(AccessKey, SecretKey, session);
        var signIn = new RdsSignIn(Options(Host, "gateway user"), credentials);

        foreach (var token in (string[])[signIn.Sign(), await signIn.SignAsync(Token)])
        {
            CheckToken(token, "eu-central-1", session);
        }
    }

    [Theory]
    [InlineData("a.b.us-east-1.rds.amazonaws.com", null, "us-east-1")]
    [InlineData("a.b.cn-north-1.rds.amazonaws.com.cn", null, "cn-north-1")]
    [InlineData("database.example.com", "eu-west-1", "eu-west-1")]
    [InlineData("a.b.us-east-1.rds.amazonaws.com", "eu-west-1", "eu-west-1")]
    public void The_region_is_what_the_setting_says_or_the_hosts_name(string host, string? setting, string region)
    {
        var token = new RdsSignIn(Options(host, "gateway") with { IamRegion = setting }, new BasicAWSCredentials(AccessKey, SecretKey)).Sign();

        Assert.Contains($"%2F{region}%2Frds-db%2Faws4_request", token, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_refused_without_tls()
    {
        var refused = Assert.Throws<StartRefusedException>(() => new PostgreSqlDatabase(Options(Host, "gateway") with { Ssl = false, IamAuthentication = true }));
        Assert.Contains("TLS", refused.Message, StringComparison.Ordinal);
    }

    private static PostgreSqlOptions Options(string host, string user) => new() { Host = host, Port = 5432, User = user, Ssl = true };

    // AWS Signature Version 4, "Authenticating requests: using query parameters".
    private static void CheckToken(string token, string region, string? session)
    {
        Assert.StartsWith($"{Host}:5432/?", token, StringComparison.Ordinal);
        var parameters = token[(token.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&')
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);
        Assert.Equal(("connect", "gateway user", "900", "host"), (parameters["Action"], parameters["DBUser"], parameters["X-Amz-Expires"], parameters["X-Amz-SignedHeaders"]));
        Assert.Equal(session, parameters.GetValueOrDefault("X-Amz-Security-Token"));
        var time = parameters["X-Amz-Date"];
        Assert.True(DateTime.TryParseExact(time, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out _));
        var scope = $"{time[..8]}/{region}/rds-db/aws4_request";
        Assert.Equal($"{AccessKey}/{scope}", parameters["X-Amz-Credential"]);

        Assert.True(parameters.Remove("X-Amz-Signature", out var signature));
        var query = string.Join('&', parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        var request = $"GET\n/\n{query}\nhost:{Host}:5432\n\nhost\n{Hex(SHA256.HashData([]))}";
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(request)))}";
        var key = Encoding.UTF8.GetBytes($"AWS4{SecretKey}");
        foreach (var step in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        }

        Assert.Equal(Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign))), signature);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
