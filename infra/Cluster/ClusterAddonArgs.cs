using System.Collections.Immutable;
using Hybrid.Infra.Iam;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Cluster;

public sealed record ClusterAddonArgs
{
    public required Input<string> ClusterName { get; init; }

    public required string AddonName { get; init; }

    public required string Version { get; init; }

    /// <summary>JSON, in the add-on's own schema.</summary>
    public Input<string>? Configuration { get; init; }

    /// <summary>Set where the add-on calls AWS: the account that its role belongs to.</summary>
    public string? ServiceAccount { get; init; }

    public ImmutableArray<string> ManagedPolicyArns { get; init; } = [];

    public ImmutableArray<Statement> Statements { get; init; } = [];

    internal void Validate() => Check.That(
        ServiceAccount is not null || (ManagedPolicyArns.IsEmpty && Statements.IsEmpty),
        "serviceAccount",
        "permissions without an account that uses them",
        "the add-on's service account");
}
