namespace Hybrid.Infra.Anywhere;

/// <summary>What EKS Anywhere builds its machines on.</summary>
public enum AnywhereProvider
{
    Vsphere,
    Tinkerbell,
    Nutanix,
    CloudStack,

    /// <summary>Containers, for development.</summary>
    Docker,
}
