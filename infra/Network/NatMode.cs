namespace Hybrid.Infra.Network;

/// <summary>How the private subnets reach the internet.</summary>
public enum NatMode
{
    /// <summary>One gateway for all zones: cheap, and gone with its zone.</summary>
    Single,

    /// <summary>One gateway in each zone.</summary>
    PerZone,
}
