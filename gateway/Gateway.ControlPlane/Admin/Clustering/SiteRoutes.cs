using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Sites;

namespace Gateway.ControlPlane.Admin.Clustering;

/// <summary><c>/clustering/sites</c>: which sites may join, and their labels.</summary>
internal sealed class SiteRoutes(SiteRegistry registry)
{
    public void AddTo(AdminRoutes routes) => routes
        .Get("/clustering/sites", ListAsync)
        .Post("/clustering/sites", CreateAsync)
        .Get("/clustering/sites/{name}", GetAsync)
        .Patch("/clustering/sites/{name}", ChangeAsync)
        .Delete("/clustering/sites/{name}", DeleteAsync);

    private async Task<AdminResponse> ListAsync(AdminRequest request)
    {
        var sites = await registry.ListAsync(request.Cancellation);
        return AdminResponse.Ok(new JsonObject { ["data"] = new JsonArray([.. sites.Select(Show)]), ["next"] = null });
    }

    private async Task<AdminResponse> GetAsync(AdminRequest request) =>
        await registry.FindAsync(request.Segment("name"), request.Cancellation) is { } site ? AdminResponse.Ok(Show(site)) : AdminResponse.NotFound();

    private async Task<AdminResponse> CreateAsync(AdminRequest request)
    {
        var body = await request.ReadBodyAsync();
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var input = SiteInput.Read(body, nameRequired: true);
        if (input.Errors.Count > 0)
        {
            return AdminResponse.Of(ConfigurationError.Violation(input.Errors));
        }

        var outcome = await registry.CreateAsync(
            request.Origin().Principal, input.Name!, input.Enabled ?? true, input.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal), request.Cancellation);
        return outcome.Succeeded(out var site, out var error) ? AdminResponse.Created(Show(site)) : AdminResponse.Of(error);
    }

    private async Task<AdminResponse> ChangeAsync(AdminRequest request)
    {
        var body = await request.ReadBodyAsync();
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var input = SiteInput.Read(body, nameRequired: false);
        if (input.Errors.Count > 0)
        {
            return AdminResponse.Of(ConfigurationError.Violation(input.Errors));
        }

        var outcome = await registry.ChangeAsync(request.Origin().Principal, request.Segment("name"), input.Enabled, input.Labels, request.Cancellation);
        return outcome.Succeeded(out var site, out var error) ? AdminResponse.Ok(Show(site)) : AdminResponse.Of(error);
    }

    private async Task<AdminResponse> DeleteAsync(AdminRequest request)
    {
        await registry.DeleteAsync(request.Origin().Principal, request.Segment("name"), request.Cancellation);
        return AdminResponse.NoContent();
    }

    private static JsonObject Show(SiteRecord site)
    {
        var labels = new JsonObject();
        foreach (var (name, value) in site.Labels)
        {
            labels[name] = value;
        }

        return new JsonObject
        {
            ["name"] = site.Name,
            ["enabled"] = site.Enabled,
            ["labels"] = labels,
            ["created_at"] = site.CreatedAt,
            ["updated_at"] = site.UpdatedAt,
        };
    }
}
