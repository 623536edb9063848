using System.Collections.Immutable;
using static Hybrid.Infra.Changes.ChangeTable;

namespace Hybrid.Infra.Changes;

/// <summary>Aurora, ElastiCache, OpenSearch and backups.</summary>
internal static class DataChanges
{
    public static ImmutableArray<ResourceRules> All { get; } =
    [
        Aws(
            "rds/cluster:Cluster",
            "rds/cluster",
            "availabilityZones",
            "clusterIdentifier",
            "clusterIdentifierPrefix",
            "clusterScalabilityType",
            "databaseName",
            "dbSubnetGroupName",
            "dbSystemId",
            "engine",
            "engineMode",
            "kmsKeyId",
            "masterUsername",
            "restoreToPointInTime",
            "s3Import",
            "snapshotIdentifier",
            "sourceRegion",
            "storageEncrypted") with
        {
            Loses = "the database: the gateway's whole configuration and its history",
        },
        Aws(
            "rds/clusterInstance:ClusterInstance",
            "rds/cluster_instance",
            "availabilityZone",
            "clusterIdentifier",
            "customIamInstanceProfile",
            "dbSubnetGroupName",
            "engine",
            "identifier",
            "identifierPrefix") with
        {
            Loses = "a database instance: connections break, and with the only instance writes stop",
        },
        Aws("rds/clusterParameterGroup:ClusterParameterGroup", "rds/cluster_parameter_group", "description", "family", "name", "namePrefix"),
        Aws("rds/subnetGroup:SubnetGroup", "rds/subnet_group", "name", "namePrefix"),
        Aws("rds/proxy:Proxy", "rds/proxy", "engineFamily", "vpcSubnetIds"),
        Aws("rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup", "rds/proxy_default_target_group", "dbProxyName"),
        Aws("rds/proxyTarget:ProxyTarget", "rds/proxy_target", "dbClusterIdentifier", "dbInstanceIdentifier", "dbProxyName", "targetGroupName"),
        Aws(
            "elasticache/replicationGroup:ReplicationGroup",
            "elasticache/replication_group",
            "atRestEncryptionEnabled",
            "dataTieringEnabled",
            ReplaceRule.Lowered("engine"),
            ReplaceRule.Lowered("engineVersion"),
            "globalReplicationGroupId",
            "kmsKeyId",
            "networkType",
            "nodeGroupConfigurations",
            "port",
            "replicationGroupId",
            "snapshotArns",
            "snapshotName",
            "subnetGroupName") with
        {
            Loses = "every counter and cached response; limits start from zero",
        },
        Aws("elasticache/serverlessCache:ServerlessCache", "elasticache/serverless_cache", "kmsKeyId", "name", "snapshotArnsToRestores", "subnetIds") with
        {
            Loses = "every counter and cached response; limits start from zero",
        },
        Aws("elasticache/subnetGroup:SubnetGroup", "elasticache/subnet_group", "name"),
        Aws("elasticache/parameterGroup:ParameterGroup", "elasticache/parameter_group", "description", "family", "name"),
        Aws("elasticache/user:User", "elasticache/user", "userId", "userName"),
        Aws("elasticache/userGroup:UserGroup", "elasticache/user_group", "userGroupId"),
        Aws(
            "opensearch/domain:Domain",
            "opensearch/domain",
            ReplaceRule.Disabled("advancedSecurityOptions.enabled"),
            "domainName",
            ReplaceRule.Disabled("encryptAtRest.enabled"),
            "encryptAtRest.kmsKeyId",
            ReplaceRule.Lowered("engineVersion"),
            "ipAddressType",
            ReplaceRule.Disabled("nodeToNodeEncryption.enabled"),
            ReplaceRule.AddedOrRemoved("vpcOptions")) with
        {
            Loses = "every request log in it",
        },
        Aws("opensearch/domainPolicy:DomainPolicy", "opensearch/domain_policy", "domainName"),
        Aws("opensearch/domainSamlOptions:DomainSamlOptions", "opensearch/domain_saml_options", "domainName"),
        Aws("opensearch/vpcEndpoint:VpcEndpoint", "opensearch/vpc_endpoint", "domainArn"),
        Aws("opensearch/serverlessCollection:ServerlessCollection", "opensearchserverless/collection", "name", "standbyReplicas", "type") with
        {
            Loses = "every request log in it",
        },
        Aws("backup/vault:Vault", "backup/vault", "kmsKeyArn", "name") with { Loses = "every recovery point in it" },
        Aws("backup/plan:Plan", "backup/plan", "name"),
        Aws("backup/selection:Selection", "backup/selection", "conditions", "iamRoleArn", "name", "notResources", "planId", "resources", "selectionTags"),
    ];
}
