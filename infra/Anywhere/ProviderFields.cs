using System.Collections.Immutable;

namespace Hybrid.Infra.Anywhere;

/// <summary>The fields that a provider's objects can't do without, so that a mistake comes out before a management cluster sees it. Source: EKS Anywhere's configuration references, one per provider.</summary>
internal static class ProviderFields
{
    public static void CheckDatacenter(AnywhereProvider provider, ImmutableDictionary<string, object> spec) => Check("datacenter", provider, spec, provider switch
    {
        AnywhereProvider.Vsphere => ["datacenter", "network", "server"],
        AnywhereProvider.Tinkerbell => ["tinkerbellIP"],
        AnywhereProvider.Nutanix => ["credentialRef", "endpoint", "port"],
        AnywhereProvider.CloudStack => ["availabilityZones"],
        _ => [],
    });

    public static void CheckMachine(string field, AnywhereProvider provider, ImmutableDictionary<string, object> spec)
    {
        Validation.Check.That(provider is AnywhereProvider.Docker == spec.IsEmpty, field, $"it does not suit {provider}", "the machines' spec, or none with docker");
        Check(field, provider, spec, provider switch
        {
            AnywhereProvider.Vsphere => ["datastore", "folder", "memoryMiB", "numCPUs", "osFamily", "resourcePool"],
            AnywhereProvider.Tinkerbell => ["hardwareSelector", "osFamily"],
            AnywhereProvider.Nutanix => ["cluster", "image", "memorySize", "osFamily", "subnet", "systemDiskSize", "vcpuSockets", "vcpusPerSocket"],
            AnywhereProvider.CloudStack => ["computeOffering", "template"],
            _ => [],
        });
    }

    private static void Check(string field, AnywhereProvider provider, ImmutableDictionary<string, object> spec, string[] required)
    {
        foreach (var name in required)
        {
            Validation.Check.That(spec.ContainsKey(name), $"{field}.{name}", "required, but not set", $"what EKS Anywhere's reference for {provider} says");
        }
    }
}
