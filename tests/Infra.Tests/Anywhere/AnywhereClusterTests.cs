using System.Collections.Immutable;
using Hybrid.Infra.Anywhere;
using Hybrid.Infra.Tests.Support;
using Pulumi;

namespace Hybrid.Infra.Tests.Anywhere;

[Collection(PulumiTests.Name)]
public sealed class AnywhereClusterTests
{
    public static TheoryData<AnywhereProvider, string, string> Providers => new()
    {
        { AnywhereProvider.Vsphere, "VSphere", "v0.26.1" },
        { AnywhereProvider.Tinkerbell, "Tinkerbell", "v0.26.1" },
        { AnywhereProvider.Nutanix, "Nutanix", "v0.26.1" },
        { AnywhereProvider.CloudStack, "CloudStack", "v0.25.3" },
        { AnywhereProvider.Docker, "Docker", "v0.26.1" },
    };

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Each_kind_of_machine_has_an_object_of_the_providers_own_kind(AnywhereProvider provider, string prefix, string version)
    {
        var machine = provider is AnywhereProvider.Docker ? ImmutableDictionary<string, object>.Empty : Machine;
        var mocks = new EchoMocks();
        _ = await Components.RunAsync(mocks, () => new AnywhereCluster(
            "cluster",
            new AnywhereClusterArgs
            {
                ClusterName = "hybrid-dev-factory1",
                Version = "1.35",
                EksaVersion = version,
                ManagementCluster = "management",
                Provider = provider,
                ControlPlaneEndpoint = provider is AnywhereProvider.Docker ? null : "10.0.0.10",
                Datacenter = Datacenter,
                ControlPlane = new() { Count = 3, Machine = machine },
                Etcd = provider is AnywhereProvider.Docker or AnywhereProvider.Tinkerbell ? null : new() { Count = 3, Machine = machine },
                WorkerGroups = [new() { Name = "general", Count = 2, Machine = machine }, new() { Name = "edge", Count = 1, Machine = machine }],
            },
            new ComponentResourceOptions()));

        var kinds = mocks.Resources.Where(resource => resource.Type!.StartsWith("kubernetes:anywhere.eks.amazonaws.com", StringComparison.Ordinal)).Select(resource => resource.Type!.Split(':')[^1]).ToArray();
        Assert.Contains($"{prefix}DatacenterConfig", kinds);
        Assert.Equal(provider switch { AnywhereProvider.Docker => 0, AnywhereProvider.Tinkerbell => 3, _ => 4 }, kinds.Count(kind => string.Equals(kind, $"{prefix}MachineConfig", StringComparison.Ordinal)));
        var cluster = mocks.Resources.Single(resource => resource.Type!.EndsWith("/v1alpha1:Cluster", StringComparison.Ordinal));
        var spec = (ImmutableDictionary<string, object>)cluster.Inputs["spec"];
        Assert.Equal(provider is not (AnywhereProvider.Docker or AnywhereProvider.Tinkerbell), spec.ContainsKey("externalEtcdConfiguration"));
        var groups = (ImmutableArray<object>)spec["workerNodeGroupConfigurations"];
        Assert.Equal(["general", "edge"], groups.Select(group => ((ImmutableDictionary<string, object>)group)["name"]));
    }

    /// <summary>Whatever any provider asks for.</summary>
    private static ImmutableDictionary<string, object> Datacenter { get; } = Spec("datacenter", "network", "server", "tinkerbellIP", "credentialRef", "endpoint", "port", "availabilityZones");

    private static ImmutableDictionary<string, object> Machine { get; } = Spec(
        "datastore", "folder", "memoryMiB", "numCPUs", "osFamily", "resourcePool", "hardwareSelector", "cluster", "image", "memorySize", "subnet", "systemDiskSize", "vcpuSockets", "vcpusPerSocket", "computeOffering", "template");

    private static ImmutableDictionary<string, object> Spec(params IEnumerable<string> fields) => fields.ToImmutableDictionary(field => field, _ => (object)"set", StringComparer.Ordinal);
}
