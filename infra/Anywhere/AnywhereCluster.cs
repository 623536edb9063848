using Pulumi;

namespace Hybrid.Infra.Anywhere;

/// <summary>
/// An EKS Anywhere cluster as its management cluster knows it: the cluster, its datacenter and its machines. The management cluster builds and upgrades it;
/// rolling machines is its work, not Pulumi's.
/// </summary>
public sealed class AnywhereCluster : AreaComponent
{
    private readonly AnywhereClusterArgs _args;

    /// <param name="options">Carries the provider of the management cluster.</param>
    public AnywhereCluster(string name, AnywhereClusterArgs args, ComponentResourceOptions options)
        : base("anywhere:AnywhereCluster", name, options)
    {
        _args = args;
        args.Validate();
        var datacenter = EksaResource.Create(
            ChildName("datacenter"),
            Kind("DatacenterConfig"),
            args.ClusterName,
            args.Datacenter,
            Stateful(args.Protect));
        var before = new List<Resource> { datacenter };
        if (args.Provider is not AnywhereProvider.Docker)
        {
            before.Add(EksaResource.Create(ChildName("machines"), Kind("MachineConfig"), args.ClusterName, args.Machines, Stateful(args.Protect)));
        }

        _ = EksaResource.Create(ChildName("cluster"), "Cluster", args.ClusterName, Spec(), Stateful(args.Protect, before));
        RegisterOutputs();
    }

    private static Dictionary<string, object> Map(params IEnumerable<(string Key, object Value)> entries) =>
        entries.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);

    private string Kind(string suffix) => (_args.Provider switch
    {
        AnywhereProvider.Vsphere => "VSphere",
        AnywhereProvider.Tinkerbell => "Tinkerbell",
        AnywhereProvider.Nutanix => "Nutanix",
        AnywhereProvider.CloudStack => "CloudStack",
        _ => "Docker",
    }) + suffix;

    private Dictionary<string, object> Spec()
    {
        var controlPlane = Map(("count", _args.ControlPlaneMachines));
        var workers = Map(("name", "workers"), ("count", _args.WorkerMachines));
        if (_args.ControlPlaneEndpoint is not null)
        {
            controlPlane["endpoint"] = Map(("host", _args.ControlPlaneEndpoint));
        }

        if (_args.Provider is not AnywhereProvider.Docker)
        {
            controlPlane["machineGroupRef"] = Map(("kind", Kind("MachineConfig")), ("name", _args.ClusterName));
            workers["machineGroupRef"] = Map(("kind", Kind("MachineConfig")), ("name", _args.ClusterName));
        }

        return Map(
            ("kubernetesVersion", _args.Version),
            ("eksaVersion", _args.EksaVersion),
            ("managementCluster", Map(("name", _args.ManagementCluster))),
            ("datacenterRef", Map(("kind", Kind("DatacenterConfig")), ("name", _args.ClusterName))),
            ("controlPlaneConfiguration", controlPlane),
            ("workerNodeGroupConfigurations", new[] { workers }),
            ("clusterNetwork", Map(
                ("cniConfig", Map(("cilium", new Dictionary<string, object>(StringComparer.Ordinal)))),
                ("pods", Map(("cidrBlocks", new[] { _args.PodCidr }))),
                ("services", Map(("cidrBlocks", new[] { _args.ServiceCidr }))))));
    }
}
