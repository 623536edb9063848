using System.Text;
using System.Text.Json;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.AwsLambda;

/// <summary>A proxy integration's result: status, headers and body (API Gateway, "Output format of a Lambda function for proxy integration").</summary>
internal static class FunctionResult
{
    // Framing is the gateway's own business.
    private static readonly string[] Framing = ["content-length", "transfer-encoding", "connection", "keep-alive", "upgrade"];

    /// <summary>Null where it is none; then <paramref name="problem"/> says why.</summary>
    public static GatewayResponse? Read(byte[] payload, out string? problem)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            problem = Check(json.RootElement);
            return problem is null ? Create(json.RootElement) : null;
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException)
        {
            problem = "the result is no JSON, or its body no Base64";
            return null;
        }
    }

    private static string? Check(JsonElement result)
    {
        if (result.ValueKind is not JsonValueKind.Object)
        {
            return "the result is no object";
        }

        if (result.TryGetProperty("statusCode", out var status) && !(status.TryNumber(out var number) && number is >= 200 and <= 599))
        {
            return "statusCode must be a number from 200 to 599";
        }

        return !IsAbsentOr(result, "headers", JsonValueKind.Object) ? "headers must be an object"
            : !IsAbsentOr(result, "multiValueHeaders", JsonValueKind.Object) ? "multiValueHeaders must be an object"
            : !IsAbsentOr(result, "body", JsonValueKind.String) ? "body must be a string"
            : null;
    }

    private static GatewayResponse Create(JsonElement result)
    {
        var status = result.TryGetProperty("statusCode", out var code) && code.TryNumber(out var number) ? number : StatusCodes.Status200OK;
        var text = result.TryGetProperty("body", out var body) && body.ValueKind is JsonValueKind.String ? body.GetString()! : string.Empty;
        var isBase64 = result.TryGetProperty("isBase64Encoded", out var encoded) && encoded.ValueKind is JsonValueKind.True;
        var headers = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in Members(result, "headers").Where(static header => header.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Array or JsonValueKind.Object)))
        {
            headers[header.Name] = header.Value.ToString();
        }

        foreach (var header in Members(result, "multiValueHeaders").Where(static header => header.Value.ValueKind is JsonValueKind.Array))
        {
            headers[header.Name] = header.Value.EnumerateArray().Select(static value => value.ToString()).ToArray();
        }

        if (result.TryGetProperty("cookies", out var cookies) && cookies.ValueKind is JsonValueKind.Array)
        {
            headers["Set-Cookie"] = StringValues.Concat(headers.GetValueOrDefault("Set-Cookie"), cookies.EnumerateArray().Select(static value => value.ToString()).ToArray());
        }

        return new GatewayResponse(status)
        {
            Body = isBase64 ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text),
            ContentType = headers.Remove("Content-Type", out var type) ? type.ToString() : "application/json",
            Headers = [.. headers.Where(static header => IsHeader(header.Key, header.Value))],
        };
    }

    private static IEnumerable<JsonProperty> Members(JsonElement result, string name) =>
        result.TryGetProperty(name, out var members) && members.ValueKind is JsonValueKind.Object ? members.EnumerateObject() : [];

    private static bool IsHeader(string name, StringValues values) =>
        !Framing.Contains(name, StringComparer.OrdinalIgnoreCase) && name.Length > 0 && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
        && !values.Any(static value => value.AsSpan().ContainsAny('\r', '\n', '\0'));

    private static bool IsAbsentOr(JsonElement result, string name, JsonValueKind kind) =>
        !result.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null || value.ValueKind == kind;

    private static bool TryNumber(this JsonElement value, out int number)
    {
        number = 0;
        return value.ValueKind is JsonValueKind.Number ? value.TryGetInt32(out number) : value.ValueKind is JsonValueKind.String && int.TryParse(value.GetString(), out number);
    }
}
