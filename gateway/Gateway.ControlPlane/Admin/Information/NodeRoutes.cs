using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin.Http;
using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Reading;
using Gateway.Model.Plugins;

namespace Gateway.ControlPlane.Admin.Information;

/// <summary><c>/</c>, <c>/status</c>, <c>/endpoints</c> and <c>/plugins/enabled</c>: what this node is.</summary>
internal sealed class NodeRoutes(NodeIdentity node, ConfigurationReader reader, ControlPlaneOptions options)
{
    public void AddTo(AdminRoutes routes) => routes
        .Get("/", DescribeAsync, RouteAccess.Anyone)
        .Get("/status", StatusAsync, RouteAccess.Anyone)
        .Get("/endpoints", _ => Task.FromResult(Endpoints(routes)), RouteAccess.Anyone)
        .Get("/plugins/enabled", _ => Task.FromResult(EnabledPlugins()), RouteAccess.Anyone);

    private async Task<AdminResponse> DescribeAsync(AdminRequest request)
    {
        var settings = new JsonObject();
        foreach (var (name, value) in options.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            settings[name] = value;
        }

        var available = new JsonObject();
        foreach (var plugin in PluginCatalogue.All)
        {
            available[plugin.Name] = new JsonObject { ["version"] = plugin.Version, ["priority"] = plugin.Priority };
        }

        var used = await reader.PluginNamesAsync(request.Cancellation);
        return AdminResponse.Ok(new JsonObject
        {
            ["version"] = options.Version,
            ["tagline"] = "Hybrid API gateway",
            ["hostname"] = node.Hostname,
            ["node_id"] = node.Id.ToString("D"),
            ["configuration"] = settings,
            ["plugins"] = new JsonObject
            {
                ["available_on_server"] = available,
                ["enabled_in_cluster"] = new JsonArray([.. used.Select(name => JsonValue.Create(name))]),
            },
        });
    }

    /// <summary>Answers with the database away, and says that it is.</summary>
    private async Task<AdminResponse> StatusAsync(AdminRequest request)
    {
        try
        {
            var head = await reader.HeadAsync(request.Cancellation);
            return Status(reachable: true, new JsonObject { ["head_revision"] = head.Revision, ["released_revision"] = head.Released });
        }
        catch (StoreUnavailableException)
        {
            return Status(reachable: false, configuration: null);
        }
    }

    private static AdminResponse Status(bool reachable, JsonObject? configuration) => AdminResponse.Ok(new JsonObject
    {
        ["database"] = new JsonObject { ["reachable"] = reachable },
        ["configuration"] = configuration,
        ["memory"] = new JsonObject { ["managed_bytes"] = GC.GetTotalMemory(forceFullCollection: false), ["working_set_bytes"] = Environment.WorkingSet },
    });

    private static AdminResponse Endpoints(AdminRoutes routes) => AdminResponse.Ok(new JsonObject
    {
        ["data"] = new JsonArray([.. routes.Select(route => route.Pattern).Order(StringComparer.Ordinal).Select(pattern => JsonValue.Create(pattern))]),
    });

    private static AdminResponse EnabledPlugins() => AdminResponse.Ok(new JsonObject
    {
        ["enabled_plugins"] = new JsonArray([.. PluginCatalogue.All.Select(plugin => plugin.Name).Order(StringComparer.Ordinal).Select(name => JsonValue.Create(name))]),
    });
}
