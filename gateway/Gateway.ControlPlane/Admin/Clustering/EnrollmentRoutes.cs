using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Sites.Enrollment;
using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.ControlPlane.Admin.Clustering;

/// <summary><c>/clustering/sites/{name}/tokens</c>: with which a data plane of the site gets its first certificate.</summary>
internal sealed class EnrollmentRoutes(EnrollmentTokens tokens, ControlPlaneOptions options, IServiceProvider services)
{
    private const int DefaultLifetime = 15 * 60;
    private const int ShortestLifetime = 60;
    private const int LongestLifetime = 24 * 60 * 60;

    public void AddTo(AdminRoutes routes) => routes
        .Get("/clustering/sites/{name}/tokens", ListAsync)
        .Post("/clustering/sites/{name}/tokens", CreateAsync)
        .Delete("/clustering/sites/{name}/tokens/{id}", DeleteAsync);

    private async Task<AdminResponse> ListAsync(AdminRequest request) =>
        await tokens.ListAsync(request.Segment("name"), request.Cancellation) is { } found
            ? AdminResponse.Ok(new JsonObject { ["data"] = new JsonArray([.. found.Select(Show)]), ["next"] = null })
            : AdminResponse.NotFound();

    private async Task<AdminResponse> CreateAsync(AdminRequest request)
    {
        // Where the tunnels are served, which a process that only administers does not.
        var issuer = services.GetService<CertificateIssuer>();
        if (issuer is not { IsEnabled: true } || options.EnrollmentEndpoints.Count == 0)
        {
            return AdminResponse.Of(new ConfigurationError(
                ErrorCode.InvalidOptions,
                "enrolment is off: it needs GATEWAY_CLUSTER_CA_KEY, GATEWAY_CLUSTER_ENROLL_LISTEN and GATEWAY_CLUSTER_ENROLL_ENDPOINT"));
        }

        var body = await request.ReadBodyAsync();
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var lifetime = DefaultLifetime;
        var errors = new JsonObject();
        foreach (var (field, value) in body.Value!)
        {
            if (field != "ttl")
            {
                errors[field] = "unknown field";
            }
            else if (Number(value) is >= ShortestLifetime and <= LongestLifetime and { } seconds)
            {
                lifetime = seconds;
            }
            else
            {
                errors[field] = string.Create(CultureInfo.InvariantCulture, $"expected a number of seconds; allowed: {ShortestLifetime} to {LongestLifetime}");
            }
        }

        if (errors.Count > 0)
        {
            return AdminResponse.Of(ConfigurationError.Violation(errors));
        }

        var outcome = await tokens.CreateAsync(
            request.Origin().Principal, request.Segment("name"), TimeSpan.FromSeconds(lifetime), request.Cancellation);
        if (!outcome.Succeeded(out var made, out var error))
        {
            return AdminResponse.Of(error);
        }

        // Shown here and never again.
        var shown = Show(made.Record);
        shown["token"] = new EnrollmentToken(made.Record.Id, made.Secret, made.Record.Site, options.EnrollmentEndpoints, issuer.Authorities).Encode();
        request.Context.Response.Headers.CacheControl = "no-store";
        return AdminResponse.Created(shown);
    }

    private async Task<AdminResponse> DeleteAsync(AdminRequest request)
    {
        if (Guid.TryParse(request.Segment("id"), out var id))
        {
            await tokens.DeleteAsync(request.Origin().Principal, request.Segment("name"), id, request.Cancellation);
        }

        return AdminResponse.NoContent();
    }

    /// <summary>Of JSON or of a form.</summary>
    private static int? Number(JsonNode? value) => value is not JsonValue node ? null
        : node.TryGetValue<int>(out var number) ? number
        : node.TryGetValue<string>(out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number
        : null;

    private static JsonObject Show(TokenRecord token) => new()
    {
        ["id"] = token.Id.ToString("D"),
        ["site"] = token.Site,
        ["created_at"] = token.CreatedAt,
        ["expires_at"] = token.ExpiresAt,
        ["used_at"] = token.UsedAt,
        ["used_by"] = token.UsedBy,
        ["serial_number"] = token.SerialNumber,
    };
}
