using Gateway.DataPlane.Balancing;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Model;

/// <summary>An upstream with its targets, compiled.</summary>
internal sealed record UpstreamModel(Upstream Entity, IReadOnlyList<TargetModel> Targets, ILoadBalancer Balancer)
{
    public Guid Id => Entity.Id;
}
