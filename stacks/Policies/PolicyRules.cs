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
        .. NameRules.All,
    ];
}
