using Gateway.DataPlane.Routing;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Model;

/// <summary>A route, compiled.</summary>
internal sealed class RouteModel
{
    // Swapped as a whole; requests of an older configuration that race with newer ones compute it again, no more.
    private volatile RoutePlan? _plan;

    public RouteModel(Route entity, RouteCriteria criteria)
    {
        Entity = entity;
        Criteria = criteria;
        AcceptsHttp = entity.Protocols.Contains("http", StringComparer.Ordinal);
        AcceptsHttps = entity.Protocols.Contains("https", StringComparer.Ordinal);
        AcceptsGrpc = entity.Protocols.Contains("grpc", StringComparer.Ordinal);
        AcceptsGrpcs = entity.Protocols.Contains("grpcs", StringComparer.Ordinal);
        UsesPathHandlingV1 = string.Equals(entity.PathHandling, "v1", StringComparison.Ordinal);
    }

    public Guid Id => Entity.Id;

    public Route Entity { get; }

    public RouteCriteria Criteria { get; }

    public bool AcceptsHttp { get; }

    public bool AcceptsHttps { get; }

    public bool AcceptsGrpc { get; }

    public bool AcceptsGrpcs { get; }

    public bool UsesPathHandlingV1 { get; }

    /// <summary>What the route means in the configuration that last asked for it.</summary>
    public RoutePlan? Plan
    {
        get => _plan;
        set => _plan = value;
    }
}
