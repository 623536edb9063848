using Hybrid.Infra.Search;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Gateway;

public sealed record SearchSetupArgs
{
    /// <summary>A constant: it is also in what EKS is told about the pods' role.</summary>
    public required string Namespace { get; init; }

    public required GatewayImage Image { get; init; }

    public required Input<string> ClusterName { get; init; }

    public required string Region { get; init; }

    /// <summary>The domain's host.</summary>
    public required Input<string> Endpoint { get; init; }

    /// <summary>The domain's master user, which the job's pods assume by Pod Identity.</summary>
    public required Input<string> AdminRoleArn { get; init; }

    /// <summary>Where the domain's addresses are: the network policy lets the job out to them.</summary>
    public required Input<string> DomainCidr { get; init; }

    public required RequestLogSetup Setup { get; init; }

    /// <summary>Seconds that the domain may take to answer, 30 to 1800.</summary>
    public int Wait { get; init; } = 300;

    internal void Validate()
    {
        Check.Slug(Namespace, 63, "namespace");
        Check.InRange(Wait, 30, 1800, "wait");
        Image.Validate();
    }
}
