using System.Collections.Immutable;
using Hybrid.Stacks.Policies.Rules;

namespace Hybrid.Stacks.Policies;

/// <summary>Every rule, by area.</summary>
internal static class PolicyRules
{
    public static readonly ImmutableArray<PolicyRule> All =
    [
        .. EncryptionAtRestRules.All,
        .. EncryptionInTransitRules.All,
        .. ExposureRules.All,
        .. AccessPolicyRules.All,
        .. TrustRules.All,
        .. SignInRules.All,
        .. LoggingRules.All,
        .. RecoveryRules.All,
        .. AvailabilityRules.All,
        .. ComputeRules.All,
        .. WorkloadRules.All,
        .. CertificateRules.All,
        .. CombinationRules.All,
        .. NameRules.All,
        .. LimitedNameRules.All,
        .. GovernanceRules.All,
    ];
}
