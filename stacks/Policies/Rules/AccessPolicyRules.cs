using System.Collections.Immutable;
using System.Globalization;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>What policy documents may say: named actions on named resources for named principals.</summary>
internal static class AccessPolicyRules
{
    private static readonly ImmutableArray<string> RolePolicies = [ResourceTypes.RolePolicy, ResourceTypes.Policy];

    private static readonly ImmutableArray<string> ForAdministrators = ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"];

    private static readonly ImmutableArray<string> ResourcePolicies = [ResourceTypes.KmsKey, ResourceTypes.SearchDomain, ResourceTypes.LogResourcePolicy];

    /// <summary>A role's inline policies together, white space not counted.</summary>
    private const int InlineLimit = 10_240;

    /// <summary>A role's trust policy, as long as nobody has asked AWS for more.</summary>
    private const int TrustLimit = 2_048;

    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "iam-no-administrator",
            Title = "No policy allows every action",
            Area = PolicyArea.Access,
            Source = PolicySource.SecurityHub("IAM.1"),
            Types = [.. RolePolicies, .. ResourcePolicies, ResourceTypes.Role],
            Check = subject => PolicyStatement.Of(subject).Where(statement => statement.AllowsEverything).Select(statement => new Violation(statement.Path, "every action", "actions by name")),
        },
        new()
        {
            Id = "iam-no-service-wildcard",
            Title = "No role may do everything with a service",
            Area = PolicyArea.Access,
            Source = PolicySource.SecurityHub("IAM.21"),
            Types = RolePolicies,
            Check = subject => PolicyStatement.Of(subject).SelectMany(statement => statement.Actions
                .Where(action => action.EndsWith(":*", StringComparison.Ordinal))
                .Select(action => new Violation(statement.Path, action, "actions by name"))),
        },
        new()
        {
            Id = "iam-no-administrator-attached",
            Title = "No role has one of AWS's policies for administrators",
            Area = PolicyArea.Access,
            Source = new("CIS AWS Foundations Benchmark v3.0.0", "1.16", "https://www.cisecurity.org/benchmark/amazon_web_services"),
            Types = [ResourceTypes.RolePolicyAttachment],
            Check = attachment => attachment["policyArn"].IsText(arn => !ForAdministrators.Contains(arn[(arn.LastIndexOf('/') + 1)..], StringComparer.Ordinal), "a policy for the role's task"),
        },
        new()
        {
            Id = "iam-resources-named",
            Title = "A role's permissions name their resources, or the tags and accounts that limit them",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("AWS Well-Architected Framework", "SEC03-BP02 Grant least privilege access", "wellarchitected/latest/security-pillar/sec_permissions_least_privileges.html"),
            Types = RolePolicies,
            Check = subject => PolicyStatement.Of(subject)
                .Where(statement => statement.IsOnEverything && !IsLimited(statement))
                .SelectMany(statement => statement.Actions
                    .Where(action => !UnnamableActions.Contains(action))
                    .Select(action => new Violation(statement.Path, $"{action} on every resource", "resources by ARN, or a condition on their tags"))),
        },
        new()
        {
            Id = "iam-decryption-named",
            Title = "A role decrypts with named keys only",
            Area = PolicyArea.Access,
            Source = PolicySource.SecurityHub("KMS.2"),
            Types = RolePolicies,
            Check = subject => PolicyStatement.Of(subject)
                .Where(statement => statement.Actions.Any(action => action is "kms:*" or "kms:Decrypt" or "kms:Decrypt*" or "kms:ReEncryptFrom" or "kms:ReEncrypt*"))
                .SelectMany(statement => statement.Resources
                    .Where(resource => resource is "*" || resource.EndsWith(":key/*", StringComparison.Ordinal))
                    .Select(resource => new Violation(statement.Path, resource, "keys by ARN"))),
        },
        new()
        {
            Id = "iam-no-negation",
            Title = "Policies allow what they name, not what they don't",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("AWS IAM User Guide", "IAM JSON policy elements: NotAction", "IAM/latest/UserGuide/reference_policies_elements_notaction.html"),
            Types = [.. RolePolicies, .. ResourcePolicies, ResourceTypes.Role],
            Check = subject => PolicyStatement.Of(subject).SelectMany(statement => statement.Negations.Select(name => new Violation(statement.Path, name, name[3..]))),
        },
        new()
        {
            Id = "resource-policy-names-principals",
            Title = "What a resource allows, it allows to named principals",
            Area = PolicyArea.Access,
            Source = PolicySource.SecurityHub("KMS.5"),
            Types = ResourcePolicies,
            Check = Everyone,
        },
        new()
        {
            Id = "iam-inline-size",
            Title = "A role's inline policies fit what IAM takes",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("AWS IAM User Guide", "IAM and AWS STS quotas: IAM object quotas", "IAM/latest/UserGuide/reference_iam-quotas.html"),
            Types = [ResourceTypes.RolePolicy],
            Check = policy => Fits(
                "policy",
                policy.Neighbours(ResourceTypes.RolePolicy).Where(other => string.Equals(other["role"].Text, policy["role"].Text, StringComparison.Ordinal)).Sum(other => Size(other["policy"])),
                InlineLimit),
        },
        new()
        {
            Id = "trust-size",
            Title = "A role's trust policy fits what IAM takes",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("AWS IAM User Guide", "IAM and AWS STS quotas: role trust policy length", "IAM/latest/UserGuide/reference_iam-quotas.html"),
            Types = [ResourceTypes.Role],
            Check = role => Fits("assumeRolePolicy", Size(role["assumeRolePolicy"]), TrustLimit),
        },
    ];

    /// <summary>Statements that everyone may use.</summary>
    public static IEnumerable<Violation> Everyone(Subject subject) => PolicyStatement.Of(subject)
        .Where(statement => statement.Principals.IsEmpty || statement.Principals.Any(principal => principal is "*" or "AWS:*"))
        .Select(statement => new Violation(statement.Path, "everyone", "principals by name"));

    private static bool IsLimited(PolicyStatement statement) => statement.Conditions.Keys.Any(condition =>
        condition.Contains(" aws:ResourceTag/", StringComparison.Ordinal) || condition.Contains(" aws:RequestTag/", StringComparison.Ordinal) || condition.EndsWith(" aws:ResourceAccount", StringComparison.Ordinal));

    private static int Size(Node document) => document.Text?.Count(character => !char.IsWhiteSpace(character)) ?? 0;

    private static ImmutableArray<Violation> Fits(string property, int size, int limit) => size <= limit
        ? []
        : [new Violation(property, string.Create(CultureInfo.InvariantCulture, $"{size} characters"), string.Create(CultureInfo.InvariantCulture, $"{limit} characters"))];
}
