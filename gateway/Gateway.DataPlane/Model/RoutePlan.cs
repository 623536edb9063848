using System.Collections.Concurrent;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.Telemetry;

namespace Gateway.DataPlane.Model;

/// <summary>
/// What a route means in one configuration: its service and its plugins, found once and not per request. Made when a request first needs it, so that a change of a
/// global plugin costs nothing per route.
/// </summary>
internal sealed class RoutePlan
{
    private readonly PluginSet _plugins;
    private ConcurrentDictionary<Guid, PluginChain>? _consumerChains;

    public RoutePlan(RuntimeConfiguration configuration, RouteModel route, RequestMetrics metrics)
    {
        Generation = configuration.Generation;
        Route = route;
        Service = route.Entity.Service is { } service ? configuration.Services[service.Id] : null;
        Upstream = Service is null ? null : configuration.FindUpstream(Service.Entity.Host);
        _plugins = configuration.Plugins;
        Chain = _plugins.Resolve(route.Id, Service?.Id ?? Guid.Empty, Guid.Empty);
        Metrics = metrics.For(Service?.Entity, route.Entity);
    }

    /// <summary>Of the configuration that this plan belongs to.</summary>
    public long Generation { get; }

    public RouteModel Route { get; }

    public ServiceModel? Service { get; }

    /// <summary>The upstream that the service's host names, null where it is a host name or address.</summary>
    public UpstreamModel? Upstream { get; }

    /// <summary>For callers that are not known.</summary>
    public PluginChain Chain { get; }

    public RouteMetrics Metrics { get; }

    /// <summary>The plugins for a known consumer: those of everyone, unless it has some of its own.</summary>
    public PluginChain ChainFor(Guid consumer)
    {
        if (!_plugins.HasPluginsFor(consumer))
        {
            return Chain;
        }

        var chains = _consumerChains ?? Interlocked.CompareExchange(ref _consumerChains, new(), null) ?? _consumerChains!;
        return chains.GetOrAdd(
            consumer,
            static (id, plan) => plan._plugins.Resolve(plan.Route.Id, plan.Service?.Id ?? Guid.Empty, id),
            this);
    }
}
