using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Gateway.Plugins.Jwt;

/// <summary>A token in the compact form of RFC 7515, taken apart; nothing of it is true before its signature is verified.</summary>
internal sealed class JsonWebToken
{
    private const int MaxLength = 64 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private JsonWebToken(JsonObject header, JsonObject claims, byte[] signed, byte[] signature)
    {
        Header = header;
        Claims = claims;
        Signed = signed;
        Signature = signature;
    }

    public JsonObject Header { get; }

    public JsonObject Claims { get; }

    /// <summary>The bytes that the signature is of.</summary>
    public byte[] Signed { get; }

    public byte[] Signature { get; }

    public string? Algorithm => Text(Header["alg"]);

    /// <param name="problem">In Kong's words, where there is no token.</param>
    public static JsonWebToken? Parse(string text, out string? problem)
    {
        problem = "invalid JSON";
        var claimsAt = text.IndexOf('.', StringComparison.Ordinal) + 1;
        var signatureAt = text.LastIndexOf('.') + 1;
        if (text.Length > MaxLength || claimsAt == 0 || signatureAt == claimsAt || text.AsSpan(claimsAt, signatureAt - claimsAt - 1).Contains('.'))
        {
            return null;
        }

        if (ReadObject(text.AsSpan(0, claimsAt - 1)) is not { } header || ReadObject(text.AsSpan(claimsAt, signatureAt - claimsAt - 1)) is not { } claims)
        {
            return null;
        }

        problem = ProblemOf(header);
        if (problem is not null)
        {
            return null;
        }

        if (ReadBytes(text.AsSpan(signatureAt)) is not { } signature)
        {
            problem = "invalid signature";
            return null;
        }

        return new JsonWebToken(header, claims, Encoding.ASCII.GetBytes(text, 0, signatureAt - 1), signature);
    }

    /// <summary>Null for what is no text, or none that Unicode has: JSON can spell half a surrogate pair.</summary>
    public static string? Text(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? ProblemOf(JsonObject header)
    {
        if (header["typ"] is { } type && !string.Equals(Text(type), "JWT", StringComparison.OrdinalIgnoreCase))
        {
            return "invalid typ";
        }

        if (Text(header["alg"]) is not { } algorithm || !TokenKey.IsKnown(algorithm))
        {
            return "invalid alg";
        }

        // Extensions that must be understood (RFC 7515, section 4.1.11): this gateway knows none.
        return header.ContainsKey("crit") ? "invalid crit" : null;
    }

    private static JsonObject? ReadObject(ReadOnlySpan<char> part)
    {
        if (ReadBytes(part) is not { } json || !Utf8.IsValid(json))
        {
            return null;
        }

        try
        {
            var parsed = JsonNode.Parse(json, documentOptions: Strict) as JsonObject;

            // Names are read when the object is first looked into.
            _ = parsed?.Count;
            return parsed;
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static byte[]? ReadBytes(ReadOnlySpan<char> part)
    {
        // White space would be skipped, and two texts be one token.
        if (part.ContainsAny(" \t\r\n") || !Base64Url.IsValid(part, out var length))
        {
            return null;
        }

        var bytes = new byte[length];
        Base64Url.DecodeFromChars(part, bytes);
        return bytes;
    }
}
