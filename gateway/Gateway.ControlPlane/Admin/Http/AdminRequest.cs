using Gateway.ControlPlane.Store.Writing;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>One request, as endpoints see it.</summary>
internal sealed class AdminRequest(HttpContext context, ControlPlaneOptions options)
{
    public HttpContext Context => context;

    public string Method => context.Request.Method;

    public IQueryCollection Query => context.Request.Query;

    public CancellationToken Cancellation => context.RequestAborted;

    /// <summary>A segment of the path. Routing leaves an escaped slash as it is.</summary>
    public string Segment(string name) => ((string)context.Request.RouteValues[name]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public Task<BodyResult> ReadBodyAsync() => RequestBody.ReadAsync(context.Request, options.MaxBodySize, Cancellation);

    /// <summary>Who writes. Callers are not authenticated yet, so only their address tells them apart.</summary>
    public WriteOrigin Origin(string kind = "admin", string? message = null) =>
        new("anonymous", context.Connection.RemoteIpAddress?.ToString(), kind, message ?? $"{Method} {context.Request.Path}");
}
