using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin.Collections;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Admin.Caching;

/// <summary>
/// <c>DELETE /proxy-cache</c> and <c>/proxy-cache/{plugin}</c>: has every data plane forget the responses that it kept. The caches are theirs, and a control plane does not
/// reach into them: the plugins' <c>generation</c> is raised, a change like any other, which is published and acknowledged.
/// </summary>
internal sealed class CacheRoutes(RevisionWriter writer, ConfigurationReader reader, EntityRules rules, TimeProvider time)
{
    private const int PageSize = 1000;
    private const string Segment = "plugin";

    private static readonly string[] Plugins = ["graphql-proxy-cache-advanced", "proxy-cache", "proxy-cache-advanced"];

    public void AddTo(AdminRoutes routes) => routes
        .Delete("/proxy-cache", PurgeAllAsync, RouteAccess.ConfigureWithinTags)
        .Delete($"/proxy-cache/{{{Segment}}}", PurgeAsync, RouteAccess.ConfigureWithinTags);

    /// <summary>All that the caller may change.</summary>
    private async Task<AdminResponse> PurgeAllAsync(AdminRequest request)
    {
        var found = new List<Guid>();
        Guid? after = null;
        do
        {
            var page = await reader.ListAsync(EntityKinds.Plugins, new EntityQuery { Size = PageSize, After = after, Within = request.Limits }, request.Cancellation);
            found.AddRange(page.Entities.Where(HasCache).Select(Id));
            after = page.Next;
        }
        while (after is not null);

        return await RaiseAsync(request, found);
    }

    private async Task<AdminResponse> PurgeAsync(AdminRequest request)
    {
        var key = request.Segment(Segment);
        var plugin = Guid.TryParseExact(key, "D", out var id)
            ? await reader.FindAsync(EntityKinds.Plugins, id, request.Cancellation)
            : await reader.FindByAsync(EntityKinds.Plugins, "instance_name", key, request.Cancellation);
        return plugin is not null && HasCache(plugin) ? await RaiseAsync(request, [Id(plugin)]) : AdminResponse.NotFound();
    }

    private async Task<AdminResponse> RaiseAsync(AdminRequest request, IReadOnlyList<Guid> plugins)
    {
        var outcome = await writer.WriteAsync<bool>(
            request.Origin("purge"),
            alone: false,
            async (session, token) =>
            {
                // In one order, so that two of these do not wait for each other.
                foreach (var id in plugins.Order())
                {
                    // One that was deleted meanwhile has nothing to forget.
                    if (await session.FindAsync(EntityKinds.Plugins, id, token) is { } plugin && HasCache(plugin)
                        && await RaiseAsync(session, plugin, request) is { } refused)
                    {
                        return refused;
                    }
                }

                return true;
            },
            request.Cancellation);
        return outcome.Succeeded(out var committed, out var error)
            ? AdminResponse.NoContent(committed.Changes > 0 ? committed.Revision : null)
            : AdminResponse.Of(error);
    }

    private async Task<ConfigurationError?> RaiseAsync(WriteSession session, JsonObject plugin, AdminRequest request)
    {
        if (await session.CheckWithinAsync(EntityKinds.Plugins, plugin, request.Limits, request.Cancellation) is { } outside)
        {
            return outside;
        }

        // By the clock rather than by one: after a rollback, too, it is a number that was not there before.
        var current = (int?)plugin["config"]!["generation"] ?? 0;
        var generation = Math.Max(current + 1, (int)(time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMinutes);
        var change = new JsonObject { ["config"] = new JsonObject { ["generation"] = generation } };
        return rules.Patch(EntityKinds.Plugins, plugin, new EntityInput(change, IsForm: false)).Succeeded(out var entity, out var invalid)
            ? await session.PutAsync(EntityKinds.Plugins, entity, request.Cancellation)
            : invalid;
    }

    private static bool HasCache(JsonObject plugin) => Plugins.Contains((string)plugin["name"]!, StringComparer.Ordinal);

    private static Guid Id(JsonObject entity) => Guid.Parse((string)entity["id"]!);
}
