using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Forwarding;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.Telemetry;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Model;

/// <summary>
/// What a route means in one configuration: its service and its plugins, found once and not per request. Made when a request first needs it, so that a change of a
/// global plugin costs nothing per route.
/// </summary>
internal sealed class RoutePlan
{
    private readonly PluginSet _plugins;
    private ConcurrentDictionary<ChainKey, PluginChain>? _consumerChains;

    public RoutePlan(RuntimeConfiguration configuration, RouteModel route, RequestMetrics metrics)
    {
        Generation = configuration.Generation;
        Route = route;
        Service = route.Entity.Service is { } service ? configuration.Services[service.Id] : null;
        Upstream = Service is null ? null : configuration.FindUpstream(Service.Entity.Host);
        Tls = Service is null ? TlsProfile.Default : TlsProfile.Of(configuration, Service, Upstream);
        _plugins = configuration.Plugins;
        Chain = _plugins.Resolve(route.Id, Service?.Id ?? Guid.Empty, Guid.Empty, []);
        Metrics = metrics.For(Service?.Entity, route.Entity);
    }

    /// <summary>Of the configuration that this plan belongs to.</summary>
    public long Generation { get; }

    public RouteModel Route { get; }

    public ServiceModel? Service { get; }

    /// <summary>The upstream that the service's host names, null where it is a host name or address.</summary>
    public UpstreamModel? Upstream { get; }

    /// <summary>How connections to the service are secured.</summary>
    public TlsProfile Tls { get; }

    /// <summary>For callers that are not known.</summary>
    public PluginChain Chain { get; }

    public RouteMetrics Metrics { get; }

    /// <summary>The plugins for a known consumer: those of everyone, unless it or its groups have some of their own.</summary>
    public PluginChain ChainFor(Guid consumer, IReadOnlyList<ConsumerGroup> groups)
    {
        var key = KeyOf(consumer, groups);
        if (key == default)
        {
            return Chain;
        }

        var chains = _consumerChains ?? Interlocked.CompareExchange(ref _consumerChains, new(), null) ?? _consumerChains!;
        return chains.TryGetValue(key, out var known) ? known : chains.GetOrAdd(key, Resolve(consumer, groups));
    }

    private PluginChain Resolve(Guid consumer, IReadOnlyList<ConsumerGroup> groups)
    {
        var ids = new Guid[groups.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = groups[i].Id;
        }

        return _plugins.Resolve(Route.Id, Service?.Id ?? Guid.Empty, consumer, ids);
    }

    // Consumers without plugins of their own share the chain of their group, so that a large group has one.
    private ChainKey KeyOf(Guid consumer, IReadOnlyList<ConsumerGroup> groups)
    {
        if (_plugins.HasPluginsFor(consumer))
        {
            return new ChainKey(consumer, Guid.Empty);
        }

        var only = Guid.Empty;
        for (var i = 0; i < groups.Count; i++)
        {
            if (!_plugins.HasPluginsForGroup(groups[i].Id))
            {
                continue;
            }

            if (only != Guid.Empty)
            {
                return new ChainKey(consumer, Guid.Empty);
            }

            only = groups[i].Id;
        }

        return new ChainKey(Guid.Empty, only);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct ChainKey(Guid Consumer, Guid Group);
}
