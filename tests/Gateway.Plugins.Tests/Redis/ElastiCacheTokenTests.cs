using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Gateway.Plugins.Redis;

namespace Gateway.Plugins.Tests.Redis;

/// <summary>What ElastiCache checks: the parameters, and a signature after AWS' own description (Signature Version 4, query parameters).</summary>
public sealed class ElastiCacheTokenTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "session+token/with=signs")]
    public void A_token_is_a_presigned_connect_of_a_quarter_of_an_hour(bool isServerless, string? session)
    {
        ImmutableCredentials credentials = new("AKIDEXAMPLE", Secret, session);

        var token = ElastiCacheToken.Create("My-Cache", "gateway", isServerless, "eu-central-1", credentials);

        Assert.StartsWith("my-cache/?", token, StringComparison.Ordinal);
        var pairs = token["my-cache/?".Length..].Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        Assert.Equal(("connect", "gateway", "900"), (pairs["Action"], pairs["User"], pairs["X-Amz-Expires"]));
        Assert.Equal(isServerless ? "ServerlessCache" : null, pairs.GetValueOrDefault("ResourceType"));
        Assert.Equal(session, pairs.GetValueOrDefault("X-Amz-Security-Token") is { } sent ? Uri.UnescapeDataString(sent) : null);
        Assert.Equal(Signature(pairs, "my-cache"), pairs["X-Amz-Signature"]);
    }

    private static string Signature(Dictionary<string, string> pairs, string host)
    {
        var time = pairs["X-Amz-Date"];
        var scope = $"{time[..8]}/eu-central-1/elasticache/aws4_request";
        Assert.Equal($"AKIDEXAMPLE/{scope}", Uri.UnescapeDataString(pairs["X-Amz-Credential"]));
        var query = string.Join('&', pairs.Where(pair => pair.Key != "X-Amz-Signature").OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        var request = string.Create(CultureInfo.InvariantCulture, $"GET\n/\n{query}\nhost:{host}\n\nhost\n{Hash("")}");
        var text = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hash(request)}";
        var key = Encoding.UTF8.GetBytes("AWS4" + Secret);
        foreach (var part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
