using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.DataPlane.Pipeline;

/// <summary>
/// Refuses what the server makes the best of, and what the next server might understand differently: a body's length told in two ways, or in a way that we do not read
/// (RFC 9112, section 6.1). Costs nothing where the request has no Transfer-Encoding.
/// </summary>
internal static class RequestGuard
{
    // Kestrel keeps the Content-Length that it found beside a Transfer-Encoding under this name.
    private const string SetAside = "X-Content-Length";

    private static readonly GatewayResponse Ambiguous =
        GatewayResponse.Error(StatusCodes.Status400BadRequest, "Bad request", new KeyValuePair<string, StringValues>("Connection", "close"));

    private static readonly GatewayResponse Unknown =
        GatewayResponse.Error(StatusCodes.Status501NotImplemented, "Transfer coding not supported (allowed: chunked)", new KeyValuePair<string, StringValues>("Connection", "close"));

    /// <summary>Null where the request may go on.</summary>
    public static GatewayResponse? Check(HttpRequest request)
    {
        var coding = request.Headers.TransferEncoding;
        if (coding.Count == 0)
        {
            return null;
        }

        if (coding.Count > 1 || !string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase))
        {
            return Unknown;
        }

        return HttpProtocol.IsHttp10(request.Protocol) || request.Headers.ContainsKey(SetAside) ? Ambiguous : null;
    }
}
