using System.Collections.Immutable;

namespace Hybrid.Infra.Changes;

/// <summary>Kubernetes objects, Helm releases and the provider.</summary>
internal static class KubernetesChanges
{
    public const string Provider = "pulumi:providers:kubernetes";

    private const string Source = "https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/diff.go";

    /// <summary>Any object, custom resources included: its name and namespace are what it is.</summary>
    public static ResourceRules AnyObject { get; } = new("", Source, ["metadata.name", "metadata.namespace"]);

    public static ImmutableArray<ResourceRules> All { get; } =
    [
        // The components always set the identifier; without it the provider guesses from the kubeconfig.
        new(Provider, "https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/", ["clusterIdentifier"]),
        new("kubernetes:helm.sh/v3:Release", "https://github.com/pulumi/pulumi-kubernetes/pull/2532", ["name", "namespace"]),
        Object("core/v1:Namespace") with { Loses = "the namespace with everything in it" },

        // Replaced, not changed: a new one is made, what uses it follows, the old one goes.
        Object("core/v1:Secret", "data", "stringData", "type"),
        Object("core/v1:ConfigMap", "binaryData", "data"),
        Object("core/v1:Service", "spec.clusterIP"),
        Object("core/v1:ServiceAccount"),
        Object("core/v1:PersistentVolumeClaim", "spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName") with { Loses = "the volume's content" },
        Object("apps/v1:Deployment", "spec.selector"),
        Object(
            "apps/v1:StatefulSet",
            "spec.podManagementPolicy",
            "spec.revisionHistoryLimit",
            "spec.selector",
            "spec.serviceName",
            "spec.volumeClaimTemplates"),
        Object("batch/v1:Job", "spec.completions", "spec.parallelism", "spec.selector", "spec.template"),
        Object("batch/v1:CronJob"),
        Object("autoscaling/v2:HorizontalPodAutoscaler"),
        Object("networking.k8s.io/v1:Ingress"),
        Object("networking.k8s.io/v1:NetworkPolicy"),
        Object("policy/v1:PodDisruptionBudget"),
        Object("rbac.authorization.k8s.io/v1:ClusterRole"),
        Object("rbac.authorization.k8s.io/v1:ClusterRoleBinding", "roleRef"),
        Object("rbac.authorization.k8s.io/v1:Role"),
        Object("rbac.authorization.k8s.io/v1:RoleBinding", "roleRef"),
        Object("anywhere.eks.amazonaws.com/v1alpha1:Cluster") with { Loses = "the EKS Anywhere cluster: its management cluster takes the machines down" },
        .. MachinesOf("VSphere"),
        .. MachinesOf("Tinkerbell"),
        .. MachinesOf("Nutanix"),
        .. MachinesOf("CloudStack"),
        .. MachinesOf("Docker"),
    ];

    private static ResourceRules Object(string type, params ImmutableArray<ReplaceRule> replacedBy) =>
        new($"kubernetes:{type}", Source, [.. AnyObject.ReplacedBy, .. replacedBy]);

    private static ImmutableArray<ResourceRules> MachinesOf(string provider) => [Machines($"{provider}DatacenterConfig"), Machines($"{provider}MachineConfig")];

    private static ResourceRules Machines(string kind) => Object($"anywhere.eks.amazonaws.com/v1alpha1:{kind}") with
    {
        Loses = "the definition of what an EKS Anywhere cluster stands on",
    };
}
