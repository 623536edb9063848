using Gateway.DataPlane.Balancing;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Model;

/// <summary>An upstream with its targets, compiled.</summary>
internal sealed class UpstreamModel
{
    /// <param name="state">That of the same upstream before, where there was one.</param>
    public UpstreamModel(Upstream entity, BalancingAlgorithm algorithm, IReadOnlyList<TargetModel> targets, UpstreamState state)
    {
        Entity = entity;
        Algorithm = algorithm;
        Targets = targets;
        State = state;
        HashInput = algorithm == BalancingAlgorithm.ConsistentHashing && entity.HashOn is not "none" ? new HashInput(entity) : null;
        PassiveChecks = new PassiveChecks(entity.Healthchecks.Passive);
        UsesPassiveChecks = PassiveChecks.IsOn;
        UsesHealthChecks = entity.Healthchecks.IsOn;
    }

    public Guid Id => Entity.Id;

    public Upstream Entity { get; }

    public BalancingAlgorithm Algorithm { get; }

    /// <summary>In a fixed order.</summary>
    public IReadOnlyList<TargetModel> Targets { get; }

    /// <summary>Shared with the models before and after this one.</summary>
    public UpstreamState State { get; }

    /// <summary>Null where requests are not hashed.</summary>
    public HashInput? HashInput { get; }

    public PassiveChecks PassiveChecks { get; }

    public bool UsesPassiveChecks { get; }

    /// <summary>False where Kong shows HEALTHCHECKS_OFF.</summary>
    public bool UsesHealthChecks { get; }
}
