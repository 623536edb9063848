using System.Globalization;
using Gateway.ControlPlane.Access.Audit;
using Gateway.ControlPlane.Admin.Http;

namespace Gateway.ControlPlane.Access;

/// <summary>Stands before every operation of the Admin API: who calls, and may they?</summary>
/// <remarks>
/// An address with many failures waits for its next failure, not for its next success: administrators share addresses (a load balancer's, an office's), and nobody shall lock the others out.
/// Tokens are too long to be guessed; what the limit bounds is what guessing costs.
/// </remarks>
internal sealed class AccessGate(Authenticator authenticator, FailedAttempts failures, AuditLog audit, ControlPlaneOptions options)
{
    private const string Challenge = "Bearer realm=\"Admin API\"";

    /// <param name="path">As it may be recorded.</param>
    public async Task<Entry> EnterAsync(HttpContext context, RouteAccess access, string path)
    {
        var result = await authenticator.AuthenticateAsync(context.Request, context.RequestAborted);
        if (result is null && !options.Access.Required)
        {
            return new Entry(Principal.Anonymous, Limits: null);
        }

        if (result is { Unavailable: true })
        {
            return Entry.Refused(AdminResponse.Message(StatusCodes.Status503ServiceUnavailable, result.Problem!));
        }

        if (result?.Principal is not { } principal)
        {
            return Entry.Refused(Fail(context, result, path));
        }

        return principal.May(access, out var limits)
            ? new Entry(principal, limits)
            : new Entry(principal, Limits: null, AdminResponse.Message(StatusCodes.Status403Forbidden, Denied(principal, access)));
    }

    private AdminResponse Fail(HttpContext context, AuthenticationResult? result, string path)
    {
        var problem = result?.Problem ?? "no credential";
        if (failures.Add(context.Connection.RemoteIpAddress, out var isFirst) is { } wait)
        {
            if (isFirst)
            {
                audit.Throttled(context, path, problem);
            }

            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return AdminResponse.Message(StatusCodes.Status429TooManyRequests, "Too many failed attempts from this address: wait before the next one");
        }

        audit.Refused(context, path, problem);
        context.Response.Headers.WWWAuthenticate = result is null ? Challenge : $"{Challenge}, error=\"invalid_token\"";
        return AdminResponse.Message(StatusCodes.Status401Unauthorized, result is null
            ? $"Unauthorized: the Admin API needs a token; allowed: Authorization: Bearer TOKEN, or {Authenticator.KongHeader}: TOKEN"
            : $"Unauthorized: {problem}");
    }

    private static string Denied(Principal principal, RouteAccess access)
    {
        var roles = access.Roles;
        var has = principal.Grants.IsEmpty ? "no role" : $"the role {string.Join(", ", principal.Grants)}";
        var needed = string.Join(" or ", roles.Select(RoleNames.Of));
        return principal.Grants.Any(grant => roles.Contains(grant.Role))
            ? $"Forbidden: {principal.Name} has {has}; this needs the role {needed} without a limit to tags"
            : $"Forbidden: {principal.Name} has {has}; this needs the role {needed}";
    }

    /// <summary>What the gate decided.</summary>
    /// <param name="Principal">Null where nobody knows who it is.</param>
    /// <param name="Limits">The tags that the operation is limited to; null where it isn't.</param>
    /// <param name="Refusal">Null where the operation may run.</param>
    internal sealed record Entry(Principal? Principal, IReadOnlyList<string>? Limits, AdminResponse? Refusal = null)
    {
        public static Entry Refused(AdminResponse refusal) => new(Principal: null, Limits: null, refusal);
    }
}
