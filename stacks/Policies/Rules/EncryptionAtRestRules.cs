using System.Collections.Immutable;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>What lies somewhere is encrypted, by a key of ours where the service takes one.</summary>
internal static class EncryptionAtRestRules
{
    private const string OurKey = "the ARN of a key of ours";

    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "rds-storage-encrypted",
            Title = "The database's storage is encrypted with a key of ours",
            Area = PolicyArea.EncryptionAtRest,
            Source = PolicySource.SecurityHub("RDS.27"),
            Types = [ResourceTypes.DatabaseCluster],
            Check = cluster => [.. cluster["storageEncrypted"].IsTrue(), .. cluster["kmsKeyId"].IsSet(OurKey)],
        },
        new()
        {
            Id = "rds-insights-encrypted",
            Title = "Performance Insights, which shows queries, is encrypted with a key of ours",
            Area = PolicyArea.EncryptionAtRest,
            Source = PolicySource.Aws("Amazon Aurora User Guide", "Performance Insights: AWS KMS key", "AmazonRDS/latest/AuroraUserGuide/USER_PerfInsights.access-control.cmk-policy.html"),
            Types = [ResourceTypes.DatabaseInstance],
            Check = instance => instance["performanceInsightsEnabled"].Flag is true ? instance["performanceInsightsKmsKeyId"].IsSet(OurKey) : [],
        },
        new()
        {
            Id = "cache-encrypted-at-rest",
            Title = "The cache is encrypted with a key of ours",
            Area = PolicyArea.EncryptionAtRest,
            Source = PolicySource.SecurityHub("ElastiCache.4"),
            Types = [ResourceTypes.CacheGroup],
            Check = group => [.. group["atRestEncryptionEnabled"].IsTrue(), .. group["kmsKeyId"].IsSet(OurKey)],
        },
        new()
        {
            Id = "search-encrypted-at-rest",
            Title = "The search domain is encrypted with a key of ours",
            Area = PolicyArea.EncryptionAtRest,
            Source = PolicySource.SecurityHub("Opensearch.1"),
            Types = [ResourceTypes.SearchDomain],
            Check = domain => [.. domain["encryptAtRest.enabled"].IsTrue(), .. domain["encryptAtRest.kmsKeyId"].IsSet(OurKey)],
        },
        new()
        {
            Id = "node-volumes-encrypted",
            Title = "The nodes' volumes are encrypted with a key of ours",
            Area = PolicyArea.EncryptionAtRest,
            Source = PolicySource.SecurityHub("EC2.181"),
            Types = [ResourceTypes.LaunchTemplate],
            Check = template => template["blockDeviceMappings"].IsMissing
                ? template["blockDeviceMappings"].IsSet("each volume, with its encryption")
                : template["blockDeviceMappings"].Items.SelectMany(device => device["ebs.encrypted"].IsTrue().AddRange(device["ebs.kmsKeyId"].IsSet(OurKey))),
        },
        new()
        {
            Id = "eks-secrets-encrypted",
            Title = "Kubernetes secrets are encrypted with a key of ours",
            Area = PolicyArea.EncryptionAtRest,
            Source = PolicySource.SecurityHub("EKS.3"),
            Types = [ResourceTypes.EksCluster],
            Check = cluster => [.. cluster["encryptionConfig.provider.keyArn"].IsSet(OurKey), .. cluster["encryptionConfig.resources"].Holds("secrets")],
        },
        new()
        {
            Id = "registry-encrypted",
            Title = "Images are encrypted with a key of ours",
            Area = PolicyArea.EncryptionAtRest,
            Source = PolicySource.SecurityHub("ECR.5"),
            Types = [ResourceTypes.Registry],
            Check = registry => registry["encryptionConfigurations"].IsList(
                items => items.Any(item => item["encryptionType"].Text is "KMS" or "KMS_DSSE" && !item["kmsKey"].IsMissing),
                "KMS, with a key of ours"),
        },
        new()
        {
            Id = "log-group-encrypted",
            Title = "Logs are encrypted with a key of ours",
            Area = PolicyArea.EncryptionAtRest,
            Source = PolicySource.Config("cloudwatch-log-group-encrypted"),
            Types = [ResourceTypes.LogGroup],
            Check = group => group["kmsKeyId"].IsSet(OurKey),
        },
        new()
        {
            Id = "topic-encrypted",
            Title = "Topics are encrypted with a key of ours",
            Area = PolicyArea.EncryptionAtRest,
            Source = PolicySource.SecurityHub("SNS.1"),
            Types = [ResourceTypes.Topic],
            Check = topic => topic["kmsMasterKeyId"].IsSet(OurKey),
        },
        new()
        {
            Id = "kms-key-rotates",
            Title = "Keys rotate, at least once a year",
            Area = PolicyArea.EncryptionAtRest,
            Source = PolicySource.SecurityHub("KMS.4"),
            Types = [ResourceTypes.KmsKey],
            Check = key => [.. key["enableKeyRotation"].IsTrue(), .. key["rotationPeriodInDays"] is { IsMissing: false } period ? period.IsWithin(90, 365) : []],
        },
    ];
}
