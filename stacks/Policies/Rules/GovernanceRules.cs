using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>Each stack acts on its own account and cluster only, and marks what it makes.</summary>
internal static partial class GovernanceRules
{
    private static readonly ImmutableArray<string> Tags = ["environment", "managed-by", "owner", "project", "stack"];

    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "provider-one-account",
            Title = "A stack can act on its own account only",
            Area = PolicyArea.Governance,
            Source = PolicySource.Pulumi("aws.Provider: allowedAccountIds", "registry/packages/aws/api-docs/provider/"),
            Types = [ResourceTypes.AwsProvider],
            Check = provider => provider["allowedAccountIds"].Matches(OneAccount(), "one account's id"),
        },
        new()
        {
            Id = "provider-tags",
            Title = "Everything is tagged with project, stack, environment, owner and tool",
            Area = PolicyArea.Governance,
            Source = PolicySource.Aws("Best Practices for Tagging AWS Resources", "Implementing and enforcing tagging", "whitepapers/latest/tagging-best-practices/implementing-and-enforcing-tagging.html"),
            Types = [ResourceTypes.AwsProvider],
            Check = provider =>
            {
                var tags = DefaultTags(provider);
                return Tags.Where(name => tags.GetValueOrDefault(name) is null or "").Select(name => new Violation("defaultTags", $"no {name}", string.Join(", ", Tags)));
            },
        },
        new()
        {
            Id = "tag-limits",
            Title = "Tags fit what AWS takes",
            Area = PolicyArea.Governance,
            Source = PolicySource.Aws("Tagging AWS Resources and Tag Editor User Guide", "Tag naming limits and requirements", "tag-editor/latest/userguide/best-practices-and-strats.html"),
            Types = [ResourceTypes.AwsProvider],
            Check = provider => DefaultTags(provider)
                .Where(tag => tag.Key.Length is 0 or > 128 || tag.Value.Length > 256 || tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) || !TagText().IsMatch(tag.Key + tag.Value))
                .Select(tag => new Violation("defaultTags", $"'{tag.Key}': '{tag.Value}'", "a key of 128 and a value of 256 letters, digits, spaces and _.:/=+-@ at most, not aws: first")),
        },
        new()
        {
            Id = "cluster-identified",
            Title = "A cluster is known by a name that stays, so that a new kubeconfig replaces nothing",
            Area = PolicyArea.Governance,
            Source = PolicySource.Pulumi("kubernetes.Provider: clusterIdentifier", "registry/packages/kubernetes/api-docs/provider/"),
            Types = [ResourceTypes.KubernetesProvider],
            Check = provider => provider["clusterIdentifier"].IsSet("the cluster's ARN, or the name of its kubeconfig's parameter"),
        },
    ];

    private static ImmutableSortedDictionary<string, string> DefaultTags(Subject provider)
    {
        if (provider["defaultTags"].Text is not { Length: > 0 } text)
        {
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.TryGetProperty("tags", out var tags)
            ? tags.EnumerateObject().ToImmutableSortedDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "", StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;
    }

    [GeneratedRegex("^\\[\"[0-9]{12}\"\\]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneAccount();

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TagText();
}
