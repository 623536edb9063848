using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Cluster;

/// <summary>Who may do what in the cluster: an IAM role and one of EKS's access policies.</summary>
public sealed partial record ClusterAccess
{
    /// <summary>The IAM role that gets access.</summary>
    public required string RoleArn { get; init; }

    /// <summary>One of EKS's access policies.</summary>
    public required ClusterAccessPolicy Policy { get; init; }

    /// <summary>The namespaces that the policy is limited to; the whole cluster when empty.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>The role's own name, for the resources' names.</summary>
    internal string RoleName => RoleArn[(RoleArn.LastIndexOf('/') + 1)..];

    internal void Validate(string field)
    {
        Check.Matches(RoleArn, RolePattern(), $"{field}.roleArn", "arn:aws:iam::ACCOUNT:role/NAME");
        Check.That(
            Policy is not ClusterAccessPolicy.ClusterAdmin || Namespaces.IsEmpty,
            $"{field}.namespaces",
            "the cluster's administrator can't be limited to namespaces",
            "none, or another policy");
    }

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RolePattern();
}
