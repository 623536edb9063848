using System.Collections.Immutable;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>Who may become a role.</summary>
internal static class TrustRules
{
    /// <summary>Services that act for whoever calls them, and whose documentation asks for the caller's account.</summary>
    private static readonly ImmutableArray<string> Deputies = ["vpc-flow-logs.amazonaws.com", "monitoring.rds.amazonaws.com"];

    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "trust-names-principals",
            Title = "A role trusts named principals",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("AWS IAM User Guide", "AWS JSON policy elements: Principal", "IAM/latest/UserGuide/reference_policies_elements_principal.html"),
            Types = [ResourceTypes.Role],
            Check = AccessPolicyRules.Everyone,
        },
        new()
        {
            Id = "trust-account-with-condition",
            Title = "A role that trusts an account's own principals asks for more, such as a second factor",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("AWS IAM User Guide", "Security best practices in IAM: require multi-factor authentication", "IAM/latest/UserGuide/best-practices.html"),
            Types = [ResourceTypes.Role],
            Check = role => PolicyStatement.Of(role)
                .Where(statement => statement.Principals.Any(principal => principal.StartsWith("AWS:", StringComparison.Ordinal) && principal.EndsWith(":root", StringComparison.Ordinal)) && statement.Conditions.IsEmpty)
                .Select(statement => new Violation(statement.Path, "no condition", "a condition, such as aws:MultiFactorAuthPresent")),
        },
        new()
        {
            Id = "trust-no-confused-deputy",
            Title = "A role that a service assumes for others names the account it acts for",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("AWS IAM User Guide", "The confused deputy problem: cross-service confused deputy prevention", "IAM/latest/UserGuide/confused-deputy.html"),
            Types = [ResourceTypes.Role],
            Check = role => PolicyStatement.Of(role)
                .Where(statement => Deputies.Any(statement.IsFor) && !statement.HasCondition("aws:SourceAccount") && !statement.HasCondition("aws:SourceArn"))
                .Select(statement => new Violation(statement.Path, "no condition on the account", "aws:SourceAccount or aws:SourceArn")),
        },
        new()
        {
            Id = "resource-policy-no-confused-deputy",
            Title = "A service that writes our logs does so for our account only",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("AWS IAM User Guide", "The confused deputy problem: cross-service confused deputy prevention", "IAM/latest/UserGuide/confused-deputy.html"),
            Types = [ResourceTypes.LogResourcePolicy],
            Check = policy => PolicyStatement.Of(policy)
                .Where(statement => !statement.HasCondition("aws:SourceAccount") && !statement.HasCondition("aws:SourceArn"))
                .Select(statement => new Violation(statement.Path, "no condition on the account", "aws:SourceAccount or aws:SourceArn")),
        },
        new()
        {
            Id = "trust-roles-anywhere-one-site",
            Title = "A role for a site opens to that site's certificate, signed by our anchor",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("IAM Roles Anywhere User Guide", "Trust model: trust policy", "rolesanywhere/latest/userguide/trust-model.html"),
            Types = [ResourceTypes.Role],
            Check = role => PolicyStatement.Of(role)
                .Where(statement => statement.IsFor("rolesanywhere.amazonaws.com"))
                .SelectMany(statement => new[] { "StringEquals aws:PrincipalTag/x509SAN/URI", "ArnEquals aws:SourceArn" }
                    .Where(condition => !statement.Conditions.TryGetValue(condition, out var value) || value.Contains('*', StringComparison.Ordinal))
                    .Select(condition => new Violation(statement.Path, $"no exact {condition}", condition))),
        },
        new()
        {
            Id = "trust-pods",
            Title = "A role for pods allows what EKS Pod Identity asks for, and nothing else",
            Area = PolicyArea.Access,
            Source = PolicySource.Aws("Amazon EKS User Guide", "EKS Pod Identity roles", "eks/latest/userguide/pod-id-role.html"),
            Types = [ResourceTypes.Role],
            Check = role => PolicyStatement.Of(role)
                .Where(statement => statement.IsFor("pods.eks.amazonaws.com"))
                .Where(statement => !statement.Actions.Order(StringComparer.Ordinal).SequenceEqual(["sts:AssumeRole", "sts:TagSession"], StringComparer.Ordinal))
                .Select(statement => new Violation(statement.Path, string.Join(", ", statement.Actions), "sts:AssumeRole, sts:TagSession")),
        },
    ];
}
