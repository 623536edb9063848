using Gateway.DataPlane.Model;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Pipeline;

/// <summary>A route's protocols, which Kong checks once the route is known: they do not choose it.</summary>
internal static class ProtocolRules
{
    private static readonly GatewayResponse UseHttps = GatewayResponse.Error(
        StatusCodes.Status426UpgradeRequired, "Please use HTTPS protocol", new("Connection", "Upgrade"), new("Upgrade", "TLS/1.2, HTTP/1.1"));

    private static readonly GatewayResponse UseHttp2 = GatewayResponse.Error(
        StatusCodes.Status426UpgradeRequired, "Please use HTTP2 protocol", new("Connection", "Upgrade"), new("Upgrade", "HTTP/2"));

    private static readonly GatewayResponse NotGrpc =
        GatewayResponse.Error(StatusCodes.Status415UnsupportedMediaType, "Non-gRPC request matched gRPC route");

    private static readonly GatewayResponse NotGrpcs = new(StatusCodes.Status200OK)
    {
        ContentType = "application/grpc",
        Headers = [new("grpc-status", "1"), new("grpc-message", "gRPC request matched gRPCs route")],
    };

    /// <summary>Null where the request may go on.</summary>
    public static GatewayResponse? Check(RequestContext context, RouteModel route)
    {
        var isHttps = string.Equals(context.Scheme, "https", StringComparison.OrdinalIgnoreCase);
        if (NeedsHttps(route, isHttps))
        {
            return Redirect(context, route.Entity.HttpsRedirectStatusCode);
        }

        if (!NeedsGrpc(route))
        {
            return null;
        }

        var request = context.Http.Request;
        if (request.ContentType is not { } type || !type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase))
        {
            return NotGrpc;
        }

        if (!HttpProtocol.IsHttp2(request.Protocol))
        {
            return UseHttp2;
        }

        return !route.AcceptsGrpc && !isHttps ? NotGrpcs : null;
    }

    /// <summary>Whether a request that came over plain HTTP is told to come over HTTPS.</summary>
    public static bool NeedsHttps(RouteModel route, bool isHttps) => route.AcceptsHttps && !route.AcceptsHttp && !isHttps;

    public static bool NeedsGrpc(RouteModel route) => route.AcceptsGrpc || route.AcceptsGrpcs;

    private static GatewayResponse Redirect(RequestContext context, int status)
    {
        if (status == StatusCodes.Status426UpgradeRequired)
        {
            return UseHttps;
        }

        var request = context.Http.Request;
        return GatewayResponse.Error(status, "Please use HTTPS protocol") with
        {
            Message = null,
            Headers = [new("Location", $"https://{request.Host.Host}{context.RawTarget}")],
        };
    }
}
