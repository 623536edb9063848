using Gateway.DataPlane.Balancing;
using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Model;

/// <summary>Turns an upstream and its targets into what the balancer needs, or says what this data plane cannot do.</summary>
internal static class UpstreamCompiler
{
    /// <param name="previous">The same upstream before, whose state goes on. Not changed here: the draft may be refused.</param>
    public static UpstreamModel? Compile(Upstream upstream, IEnumerable<Target> targets, UpstreamModel? previous, ICollection<ModelError> errors)
    {
        var where = $"upstreams[{upstream.Name}]";
        BalancingAlgorithm? algorithm = upstream.Algorithm switch
        {
            "round-robin" => BalancingAlgorithm.RoundRobin,
            "least-connections" => BalancingAlgorithm.LeastConnections,
            "consistent-hashing" => BalancingAlgorithm.ConsistentHashing,
            "latency" => BalancingAlgorithm.Latency,
            _ => null,
        };
        if (algorithm is null)
        {
            errors.Add(new ModelError(
                $"{where}.algorithm", $"{upstream.Algorithm} is not supported", "round-robin, least-connections, consistent-hashing, latency"));
            return null;
        }

        var models = new List<TargetModel>();

        // In a fixed order, so that all data planes rotate alike.
        foreach (var target in targets.OrderBy(target => target.Address, StringComparer.Ordinal).ThenBy(target => target.Id))
        {
            var model = TargetModel.Parse(target.Address, target.Weight, upstream.HostHeader);
            if (model is null || target.Weight is < 0 or > WeightedRoundRobin.MaxWeight)
            {
                errors.Add(new ModelError(
                    $"{where}.targets[{target.Address}]", "is no target", $"host:port and a weight from 0 to {WeightedRoundRobin.MaxWeight}"));
                return null;
            }

            models.Add(model);
        }

        return new UpstreamModel(upstream, algorithm.Value, models, previous?.State ?? new UpstreamState());
    }
}
