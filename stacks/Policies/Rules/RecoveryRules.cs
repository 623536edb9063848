using System.Collections.Immutable;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>What holds data can be restored, and in a protected environment it is not deleted by mistake.</summary>
internal static class RecoveryRules
{
    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "rds-backups",
            Title = "The database can be restored to any second of the last week, within what Aurora keeps",
            Area = PolicyArea.Recovery,
            Source = PolicySource.Aws("Amazon Aurora User Guide", "Overview of backing up and restoring an Aurora DB cluster", "AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster => cluster["backupRetentionPeriod"].IsWithin(7, 35),
        },
        new()
        {
            Id = "rds-tags-to-snapshots",
            Title = "The database's snapshots carry its tags",
            Area = PolicyArea.Recovery,
            Source = PolicySource.SecurityHub("RDS.16"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster => cluster["copyTagsToSnapshot"].IsTrue(),
        },
        new()
        {
            Id = "rds-deletion-protection",
            Title = "In a protected environment the database refuses its deletion",
            Area = PolicyArea.Recovery,
            Source = PolicySource.SecurityHub("RDS.7"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster => cluster.IsProtected ? cluster["deletionProtection"].IsTrue() : [],
        },
        new()
        {
            Id = "rds-final-snapshot",
            Title = "In a protected environment a last snapshot and the backups outlive the database",
            Area = PolicyArea.Recovery,
            Source = PolicySource.Aws("Amazon Aurora User Guide", "Deleting Aurora DB clusters: final snapshot and retained backups", "AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster => cluster.IsProtected
                ? [.. cluster["skipFinalSnapshot"].IsNotTrue(), .. cluster["finalSnapshotIdentifier"].IsSet("a name"), .. cluster["deleteAutomatedBackups"].IsFalse()]
                : [],
        },
        new()
        {
            Id = "cache-snapshots",
            Title = "The cache is snapshotted daily, within what ElastiCache keeps",
            Area = PolicyArea.Recovery,
            Source = PolicySource.SecurityHub("ElastiCache.1"),
            Types = [ResourceTypes.CacheGroup],
            Check = group => group["snapshotRetentionLimit"].IsWithin(1, 35),
        },
        new()
        {
            Id = "eks-deletion-protection",
            Title = "In a protected environment the cluster refuses its deletion",
            Area = PolicyArea.Recovery,
            Source = PolicySource.Aws("Amazon EKS User Guide", "Protect EKS clusters from accidental deletion", "eks/latest/userguide/deletion-protection.html"),
            Types = [ResourceTypes.EksCluster],
            Check = cluster => cluster.IsProtected ? cluster["deletionProtection"].IsTrue() : [],
        },
        new()
        {
            Id = "cognito-deletion-protection",
            Title = "In a protected environment the user pool refuses its deletion",
            Area = PolicyArea.Recovery,
            Source = PolicySource.SecurityHub("Cognito.6"),
            Types = [ResourceTypes.UserPool],
            Check = pool => pool.IsProtected ? pool["deletionProtection"].IsOneOf("ACTIVE") : [],
        },
        new()
        {
            Id = "kms-deletion-window",
            Title = "In a protected environment a key's deletion can be taken back for a month",
            Area = PolicyArea.Recovery,
            Source = PolicySource.SecurityHub("KMS.3"),
            Types = [ResourceTypes.KmsKey],
            Check = key => key["deletionWindowInDays"] is { IsMissing: false } days ? days.IsWithin(key.IsProtected ? 30 : 7, 30) : [],
        },
        new()
        {
            Id = "no-forced-deletion",
            Title = "In a protected environment nothing is deleted together with what it holds",
            Area = PolicyArea.Recovery,
            Source = PolicySource.Pulumi("aws.ecr.Repository: forceDelete, aws.route53.Zone: forceDestroy", "registry/packages/aws/api-docs/ecr/repository/"),
            Types = [ResourceTypes.Registry, ResourceTypes.Zone],
            Check = subject => subject.IsProtected ? [.. subject["forceDelete"].IsNotTrue(), .. subject["forceDestroy"].IsNotTrue()] : [],
        },
        new()
        {
            Id = "stateful-protected",
            Title = "In a protected environment Pulumi refuses to delete what holds data or identity",
            Area = PolicyArea.Recovery,
            Source = PolicySource.Pulumi("Resource option: protect", "docs/iac/concepts/options/protect/"),
            Types =
            [
                ResourceTypes.Vpc, ResourceTypes.KmsKey, ResourceTypes.Registry, ResourceTypes.Zone, ResourceTypes.EksCluster, ResourceTypes.DatabaseCluster, ResourceTypes.DatabaseInstance,
                ResourceTypes.UserPool, ResourceTypes.CacheGroup, ResourceTypes.SearchDomain,
            ],
            Check = subject => subject.IsProtected ? Subject.Itself(subject.Resource.Protect, "it is not protected", "protected") : [],
        },
        new()
        {
            Id = "authority-protected",
            Title = "In a protected environment Pulumi refuses to delete a CA and the keys of the key ring",
            Area = PolicyArea.Recovery,
            Source = PolicySource.Pulumi("Resource option: protect", "docs/iac/concepts/options/protect/"),
            Types = [ResourceTypes.SelfSignedCertificate, ResourceTypes.PrivateKey],
            Check = subject => subject.IsProtected && IsLasting(subject) ? Subject.Itself(subject.Resource.Protect, "it is not protected", "protected") : [],
        },
    ];

    /// <summary>A CA, a CA's key, and the key ring of a control plane: what they signed or sealed is lost with them.</summary>
    private static bool IsLasting(Subject subject) => subject.Resource.Type is ResourceTypes.SelfSignedCertificate
        ? subject["isCaCertificate"].Flag is true
        : subject.Layer is "control-plane"
            && (subject.Resource.Name.StartsWith("keyring-", StringComparison.Ordinal)
                || subject.Neighbours(ResourceTypes.SelfSignedCertificate).Any(certificate =>
                    certificate["isCaCertificate"].Flag is true && string.Equals(certificate.Resource.Name, subject.Resource.Name, StringComparison.Ordinal)));
}
