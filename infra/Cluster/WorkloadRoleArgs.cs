using System.Collections.Immutable;
using Hybrid.Infra.Iam;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Cluster;

public sealed record WorkloadRoleArgs
{
    public required Input<string> ClusterName { get; init; }

    public required string Namespace { get; init; }

    /// <summary>The accounts whose pods get the role.</summary>
    public required ImmutableArray<string> ServiceAccounts { get; init; }

    public required ImmutableArray<Statement> Statements { get; init; }

    /// <summary>The role's name, where others know it beforehand, up to 64 characters (IAM's limit); one that Pulumi makes when null.</summary>
    public string? RoleName { get; init; }

    internal void Validate()
    {
        Check.Slug(Namespace, 63, "namespace");
        Check.That(!ServiceAccounts.IsDefaultOrEmpty, "serviceAccounts", "none was given", "at least one");
        foreach (var account in ServiceAccounts)
        {
            Check.Slug(account, 63, "serviceAccounts");
        }

        if (RoleName is not null)
        {
            Check.Length(RoleName, 1, 64, "roleName");
        }

        Check.That(!Statements.IsDefaultOrEmpty, "statements", "a role that may do nothing", "at least one statement");
    }
}
