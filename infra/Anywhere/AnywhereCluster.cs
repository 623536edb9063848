using Pulumi;

namespace Hybrid.Infra.Anywhere;

/// <summary>
/// An EKS Anywhere cluster as its management cluster knows it: the cluster, its datacenter and its machines. The management cluster builds and upgrades it;
/// rolling machines is its work, not Pulumi's.
/// </summary>
public sealed class AnywhereCluster : AreaComponent
{
    private const string ControlPlane = "control-plane";
    private const string Etcd = "etcd";

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
            before.AddRange(Kinds().Select(kind => EksaResource.Create(
                ChildName($"machines-{kind.Name}"),
                Kind("MachineConfig"),
                MachineName(kind.Name),
                kind.Machine,
                Stateful(args.Protect))));
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

    /// <summary>What the machines are of: each kind has an object of its own, so that one can change without the others.</summary>
    private IEnumerable<(string Name, IReadOnlyDictionary<string, object> Machine)> Kinds()
    {
        yield return (ControlPlane, _args.ControlPlane.Machine);
        if (_args.Etcd is not null)
        {
            yield return (Etcd, _args.Etcd.Machine);
        }

        foreach (var group in _args.WorkerGroups)
        {
            yield return (group.Name, group.Machine);
        }
    }

    private string MachineName(string kind) => $"{_args.ClusterName}-{kind}";

    private Dictionary<string, object> Machines(string kind, int count)
    {
        var machines = Map(("count", count));
        if (_args.Provider is not AnywhereProvider.Docker)
        {
            machines["machineGroupRef"] = Map(("kind", Kind("MachineConfig")), ("name", MachineName(kind)));
        }

        return machines;
    }

    private Dictionary<string, object> Spec()
    {
        var controlPlane = Machines(ControlPlane, _args.ControlPlane.Count);
        if (_args.ControlPlaneEndpoint is not null)
        {
            controlPlane["endpoint"] = Map(("host", _args.ControlPlaneEndpoint));
        }

        var spec = Map(
            ("kubernetesVersion", _args.Version),
            ("eksaVersion", _args.EksaVersion),
            ("managementCluster", Map(("name", _args.ManagementCluster))),
            ("datacenterRef", Map(("kind", Kind("DatacenterConfig")), ("name", _args.ClusterName))),
            ("controlPlaneConfiguration", controlPlane),
            ("workerNodeGroupConfigurations", _args.WorkerGroups.Select(WorkerGroup).ToArray()),
            ("clusterNetwork", Map(
                ("cniConfig", Map(("cilium", new Dictionary<string, object>(StringComparer.Ordinal)))),
                ("pods", Map(("cidrBlocks", new[] { _args.PodCidr }))),
                ("services", Map(("cidrBlocks", new[] { _args.ServiceCidr }))))));
        if (_args.Etcd is { } etcd)
        {
            spec["externalEtcdConfiguration"] = Machines(Etcd, etcd.Count);
        }

        if (_args.RegistryMirror is { } mirror)
        {
            spec["registryMirrorConfiguration"] = Map([("endpoint", mirror.Endpoint), ("port", $"{mirror.Port}"), .. mirror.CaCertificate is { } ca ? [("caCertContent", (object)ca)] : Array.Empty<(string, object)>()]);
        }

        if (_args.OutgoingProxy is { } proxy)
        {
            spec["proxyConfiguration"] = Map(("httpProxy", proxy.HttpProxy), ("httpsProxy", proxy.HttpsProxy), ("noProxy", proxy.NoProxy.ToArray()));
        }

        return spec;
    }

    private Dictionary<string, object> WorkerGroup(AnywhereWorkerGroup group)
    {
        var workers = Machines(group.Name, group.Count);
        workers["name"] = group.Name;
        return workers;
    }
}
