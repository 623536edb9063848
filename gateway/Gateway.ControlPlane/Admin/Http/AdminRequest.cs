using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Store.Writing;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>One request, as endpoints see it.</summary>
/// <param name="principal">Who calls.</param>
/// <param name="limits">The tags that the caller is limited to here; null where it isn't.</param>
/// <param name="path">The path as it may be recorded.</param>
internal sealed class AdminRequest(HttpContext context, ControlPlaneOptions options, Principal principal, IReadOnlyList<string>? limits, string path)
{
    public Principal Principal => principal;

    /// <summary>Only entities with one of these tags, and what is nested beneath them, are the caller's to read; null for everything.</summary>
    public IReadOnlyList<string>? Limits => limits;

    public HttpContext Context => context;

    public string Method => context.Request.Method;

    public IQueryCollection Query => context.Request.Query;

    public CancellationToken Cancellation => context.RequestAborted;

    /// <summary>A segment of the path. Routing leaves an escaped slash as it is.</summary>
    public string Segment(string name) => ((string)context.Request.RouteValues[name]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public Task<BodyResult> ReadBodyAsync() => RequestBody.ReadAsync(context.Request, options.MaxBodySize, Cancellation);

    /// <summary>Who writes.</summary>
    public WriteOrigin Origin(string kind = "admin", string? message = null) =>
        new(principal.Name, context.Connection.RemoteIpAddress?.ToString(), kind, message ?? $"{Method} {path}") { Limits = limits };
}
