using System.Text.Json.Nodes;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Publication.Releases;
using Gateway.ControlPlane.Sites;
using Gateway.Model;

namespace Gateway.ControlPlane.Admin.Clustering;

/// <summary><c>/clustering/data-planes</c> and <c>/clustering/status</c>: who runs what.</summary>
internal sealed class ClusteringRoutes(InstanceReader instances, ReleaseReader releases)
{
    public void AddTo(AdminRoutes routes) => routes
        .Get("/clustering/data-planes", ListAsync)
        .Get("/clustering/status", StatusAsync);

    private async Task<AdminResponse> ListAsync(AdminRequest request)
    {
        if (!ListQuery.Read(request.Query).Succeeded(out var query, out var error))
        {
            return AdminResponse.Of(error);
        }

        var found = await instances.ListAsync(query.After, query.Size + 1, request.Cancellation);
        var body = new JsonObject { ["data"] = new JsonArray([.. found.Take(query.Size).Select(Show)]), ["database_reachable"] = !instances.IsAway };
        ListQuery.AddNext(body, request.Context.Request, found.Count > query.Size ? ListQuery.WriteOffset(found[query.Size - 1].Id) : null);
        return AdminResponse.Ok(body);
    }

    /// <summary>Kong's older view, a map by instance, beside what they should run.</summary>
    private async Task<AdminResponse> StatusAsync(AdminRequest request)
    {
        var status = await releases.ReadAsync(request.Cancellation);
        var found = await instances.ListAsync(after: null, int.MaxValue, request.Cancellation);
        var planes = new JsonObject();
        foreach (var instance in found)
        {
            planes[instance.Id.ToString("D")] = Show(instance);
        }

        return AdminResponse.Ok(new JsonObject
        {
            ["head_revision"] = status.Head,
            ["released_revision"] = status.Stable,
            ["staged_revision"] = status.Stage?.Revision,
            ["waiting_revisions"] = status.Waiting,
            ["waiting_because"] = status.WaitingBecause,
            ["data_planes"] = planes,
            ["database_reachable"] = !instances.IsAway,
        });
    }

    private static JsonObject Show(InstanceRecord instance)
    {
        var labels = new JsonObject();
        foreach (var (name, value) in instance.Labels)
        {
            labels[name] = value;
        }

        return new JsonObject
        {
            ["id"] = instance.Id.ToString("D"),
            ["hostname"] = instance.Hostname,
            ["ip"] = instance.Ip,
            ["site"] = instance.Site,
            ["version"] = instance.Version,
            ["labels"] = labels,
            ["config_hash"] = instance.ConfigurationHash,
            ["revision"] = instance.Revision,
            ["sync_status"] = instance.SyncStatus,
            ["last_seen"] = instance.LastSeen.ToUnixTimeSeconds(),
            ["updated_at"] = instance.UpdatedAt.ToUnixTimeSeconds(),
            ["connected"] = instance.Connected,
            ["cert_details"] = new JsonObject { ["expiry_timestamp"] = instance.CertificateExpiry.ToUnixTimeSeconds(), ["authority"] = instance.CertificateAuthority },
            ["last_refusal"] = instance.LastRefusal,
            ["incompatibilities"] = new JsonArray([.. instance.Incompatibilities.Select(Show)]),
        };
    }

    private static JsonObject Show(ModelError error) =>
        new() { ["field"] = error.Field, ["problem"] = error.Problem, ["allowed"] = error.Allowed };
}
