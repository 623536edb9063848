using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Admin.Information;
using Gateway.ControlPlane.Sites;
using Gateway.ControlPlane.Store.Reading;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Admin.Health;

/// <summary>
/// <c>/upstreams/{upstream}/health</c> as Kong answers it, from what the data planes report: the worst that any of them finds, and who finds what.
/// </summary>
internal sealed class UpstreamHealthRoutes(ConfigurationReader reader, EntityPresenter presenter, UpstreamHealthReader health, NodeIdentity node)
{
    private const string Segment = "upstream";

    public void AddTo(AdminRoutes routes)
    {
        routes.Get($"/upstreams/{{{Parent.SegmentName}}}/health", ShowAsync);

        // Kong's: a node that has no traffic cannot say what its data planes see.
        foreach (var verdict in (string[])["healthy", "unhealthy"])
        {
            routes.Put($"/upstreams/{{{Parent.SegmentName}}}/targets/{{key}}/{verdict}", RefuseAsync);
            routes.Put($"/upstreams/{{{Parent.SegmentName}}}/targets/{{key}}/{{address}}/{verdict}", RefuseAsync);
        }
    }

    private static Task<AdminResponse> RefuseAsync(AdminRequest request) => Task.FromResult(AdminResponse.Message(
        StatusCodes.Status405MethodNotAllowed,
        "not available in hybrid mode: each data plane finds out by its health checks, and /upstreams/{upstream}/health shows it"));

    private async Task<AdminResponse> ShowAsync(AdminRequest request)
    {
        if (!ListQuery.Read(request.Query).Succeeded(out var query, out var error))
        {
            return AdminResponse.Of(error);
        }

        var upstream = await reader.FindAsync(
            EntityCollection.Of(EntityKinds.Upstreams), request.Segment(Parent.SegmentName), parent: null, request.Cancellation);
        if (upstream is null)
        {
            return AdminResponse.NotFound();
        }

        var id = Guid.Parse((string)upstream["id"]!);
        var reports = await health.ListAsync(id, request.Cancellation);
        if (request.Query["balancer_health"] == "1")
        {
            return AdminResponse.Ok(new JsonObject
            {
                ["data"] = UpstreamHealthView.Balancer(id, reports),
                ["next"] = null,
                ["node_id"] = node.Id.ToString("D"),
            });
        }

        query = query with { References = new Dictionary<string, Guid>(StringComparer.Ordinal) { [Segment] = id } };
        var page = await reader.ListAsync(EntityKinds.Targets, query, request.Cancellation);
        var body = new JsonObject
        {
            ["data"] = new JsonArray([.. page.Entities.Select(target => UpstreamHealthView.Target(presenter.Show(EntityKinds.Targets, target), reports))]),
        };
        ListQuery.AddNext(body, request.Context.Request, page.Next is { } next ? ListQuery.WriteOffset(next) : null);
        body["node_id"] = node.Id.ToString("D");
        return AdminResponse.Ok(body);
    }
}
