using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Hybrid.Testing;

/// <summary>AWS Signature Version 4 from the receiver's side, computed from what arrived and by nothing of the SDK's.</summary>
/// <remarks>IAM User Guide, "Create a signed AWS API request".</remarks>
public static class SignatureVersion4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <returns>What is wrong with the signature; null when it is right.</returns>
    public static string? Problem(HttpRequest request, byte[] body, string keyId, string secret, string region, string service)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith($"{Algorithm} ", StringComparison.Ordinal))
        {
            return "no signature";
        }

        var parts = header[(Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        var signed = parts["SignedHeaders"].Split(';');
        var time = request.Headers["X-Amz-Date"].ToString();
        if (!DateTimeOffset.TryParseExact(time, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || (TimeProvider.System.GetUtcNow() - at).Duration() > TimeSpan.FromMinutes(5))
        {
            return "no time, or one too far away";
        }

        if (!signed.Contains("host") || !signed.Contains("x-amz-date"))
        {
            return "host and x-amz-date are not signed";
        }

        var scope = $"{time[..8]}/{region}/{service}/aws4_request";
        if (parts["Credential"] != $"{keyId}/{scope}")
        {
            return $"the credential is {parts["Credential"]}";
        }

        var canonical = string.Join('\n',
        [
            request.Method,
            // Every service but S3 encodes the path's segments once more.
            string.Join('/', request.Path.ToUriComponent().Split('/').Select(Uri.EscapeDataString)),
            string.Join('&', request.Query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}").Order(StringComparer.Ordinal)),
            .. signed.Select(name => $"{name}:{request.Headers[name].ToString().Trim()}"),
            "",
            string.Join(';', signed),
            Convert.ToHexStringLower(SHA256.HashData(body)),
        ]);
        var text = string.Join('\n', [Algorithm, time, scope, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))]);
        var key = new[] { time[..8], region, service, "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes($"AWS4{secret}"), (last, part) => HMACSHA256.HashData(last, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))) == parts["Signature"] ? null : "the signature does not match";
    }
}
