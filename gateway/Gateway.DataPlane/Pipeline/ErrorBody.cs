using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Kong's error answers, in what the client accepts: JSON unless it prefers something else that there is.</summary>
internal static class ErrorBody
{
    public static ErrorFormat FormatFor(HttpRequest request)
    {
        if (request.ContentType is { } contentType && contentType.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase))
        {
            return ErrorFormat.Grpc;
        }

        var best = ErrorFormat.Json;
        var bestQuality = 0.0;
        foreach (var accept in request.Headers.Accept)
        {
            if (accept is null)
            {
                continue;
            }

            foreach (var range in accept.AsSpan().Split(','))
            {
                if (Parse(accept.AsSpan(range), out var quality) is { } format && quality > bestQuality)
                {
                    best = format;
                    bestQuality = quality;
                }
            }
        }

        return best;
    }

    public static string ContentType(ErrorFormat format) => format switch
    {
        ErrorFormat.Html => "text/html; charset=utf-8",
        ErrorFormat.Text => "text/plain; charset=utf-8",
        ErrorFormat.Xml => "application/xml; charset=utf-8",
        ErrorFormat.Grpc => "application/grpc",
        _ => "application/json; charset=utf-8",
    };

    public static byte[] Render(ErrorFormat format, string message, string requestId) => Encoding.UTF8.GetBytes(format switch
    {
        ErrorFormat.Html => $"""
            <!doctype html>
            <html>
              <head>
                <meta charset="utf-8">
                <title>Error</title>
              </head>
              <body>
                <h1>Error</h1>
                <p>{WebUtility.HtmlEncode(message)}.</p>
                <p>request_id: {requestId}</p>
              </body>
            </html>

            """,
        ErrorFormat.Text => $"{message}\nrequest_id: {requestId}\n",
        ErrorFormat.Xml => $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <error>
              <message>{WebUtility.HtmlEncode(message)}</message>
              <requestid>{requestId}</requestid>
            </error>

            """,
        _ => $$"""{"message":"{{JsonEncodedText.Encode(message)}}","request_id":"{{requestId}}"}""",
    });

    /// <summary>The status of gRPC's own that says best what the HTTP status says.</summary>
    public static string GrpcStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "3",
        StatusCodes.Status401Unauthorized => "16",
        StatusCodes.Status403Forbidden => "7",
        StatusCodes.Status404NotFound => "5",
        StatusCodes.Status409Conflict => "10",
        StatusCodes.Status429TooManyRequests => "8",
        StatusCodes.Status500InternalServerError => "13",
        StatusCodes.Status501NotImplemented => "12",
        StatusCodes.Status503ServiceUnavailable => "14",
        StatusCodes.Status504GatewayTimeout => "4",
        _ => "2",
    };

    private static ErrorFormat? Parse(ReadOnlySpan<char> range, out double quality)
    {
        quality = 1;
        var end = range.IndexOf(';');
        var type = (end < 0 ? range : range[..end]).Trim();
        if (end >= 0)
        {
            var parameters = range[(end + 1)..];
            var q = parameters.IndexOf("q=", StringComparison.OrdinalIgnoreCase);
            if (q >= 0)
            {
                var value = parameters[(q + 2)..];
                var stop = value.IndexOf(';');
                quality = double.TryParse((stop < 0 ? value : value[..stop]).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
                    ? parsed
                    : 0;
            }
        }

        return type switch
        {
            "application/json" or "application/*" or "*/*" => ErrorFormat.Json,
            "text/html" or "text/*" => ErrorFormat.Html,
            "text/plain" => ErrorFormat.Text,
            "application/xml" or "text/xml" => ErrorFormat.Xml,
            _ => null,
        };
    }
}
