namespace Hybrid.Stacks.Policies;

/// <summary>What a rule is about; the order in which rules are listed.</summary>
internal enum PolicyArea
{
    EncryptionAtRest,
    EncryptionInTransit,
    Exposure,
    Access,
    Logging,
    Recovery,
    Availability,
    Compute,
    Workloads,
    Certificates,
    Combinations,
    Names,
    Governance,
}
