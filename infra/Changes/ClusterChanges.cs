using System.Collections.Immutable;
using static Hybrid.Infra.Changes.ChangeTable;

namespace Hybrid.Infra.Changes;

/// <summary>EKS and what its nodes are made of.</summary>
internal static class ClusterChanges
{
    public static ImmutableArray<ResourceRules> All { get; } =
    [
        Aws(
            "eks/cluster:Cluster",
            "eks/cluster",
            "accessConfig.bootstrapClusterCreatorAdminPermissions",
            "bootstrapSelfManagedAddons",
            "computeConfig.nodeRoleArn",
            ReplaceRule.Removed("encryptionConfig"),
            "kubernetesNetworkConfig.ipFamily",
            "kubernetesNetworkConfig.serviceIpv4Cidr",
            "name",
            "outpostConfig.controlPlaneInstanceType",
            "outpostConfig.controlPlanePlacement",
            "remoteNetworkConfig",
            "roleArn") with
        {
            Loses = "the cluster with every workload and volume claim in it",
        },
        Aws(
            "eks/nodeGroup:NodeGroup",
            "eks/node_group",
            "amiType",
            "capacityType",
            "clusterName",
            "diskSize",
            "instanceTypes",
            "launchTemplate.id",
            "launchTemplate.name",
            "nodeGroupName",
            "nodeGroupNamePrefix",
            "nodeRoleArn",
            "remoteAccess",
            "subnetIds"),
        Aws("eks/addon:Addon", "eks/addon", "addonName", "clusterName"),
        Aws("eks/accessEntry:AccessEntry", "eks/access_entry", "clusterName", "principalArn", "type"),
        Aws("eks/accessPolicyAssociation:AccessPolicyAssociation", "eks/access_policy_association", "accessScope", "clusterName", "policyArn", "principalArn"),
        Aws("eks/podIdentityAssociation:PodIdentityAssociation", "eks/pod_identity_association", "clusterName", "namespace", "serviceAccount"),
        Aws("eks/identityProviderConfig:IdentityProviderConfig", "eks/identity_provider_config", "clusterName", "oidc"),
        Aws("ec2/launchTemplate:LaunchTemplate", "ec2/ec2_launch_template", "name", "namePrefix"),
        Aws("ecr/repository:Repository", "ecr/repository", "encryptionConfigurations", "name") with { Loses = "every image; what runs from them cannot be started again" },
        Aws("ecr/lifecyclePolicy:LifecyclePolicy", "ecr/lifecycle_policy", "repository"),
    ];
}
