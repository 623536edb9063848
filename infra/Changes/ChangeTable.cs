using System.Collections.Immutable;

namespace Hybrid.Infra.Changes;

/// <summary>
/// What a change does to each type of resource that the components use. The SDKs do not carry it: it is taken from the providers' sources, and each entry says
/// from which. A type in use without an entry fails a test.
/// </summary>
public static class ChangeTable
{
    private const string KubernetesPrefix = "kubernetes:";

    private static readonly ImmutableDictionary<string, ResourceRules> ByType =
        ImmutableArray.Create<IEnumerable<ResourceRules>>(
            NetworkChanges.All,
            SecurityChanges.All,
            ClusterChanges.All,
            DataChanges.All,
            MonitoringChanges.All,
            CertificateChanges.All,
            KubernetesChanges.All)
        .SelectMany(rules => rules)
        .ToImmutableDictionary(rules => rules.Type, StringComparer.Ordinal);

    public static IEnumerable<ResourceRules> All => ByType.Values;

    /// <summary>The entry of a type; null where there is none. A custom resource of Kubernetes has the rules of any object.</summary>
    public static ResourceRules? Find(string type) => ByType.TryGetValue(type, out var rules) ? rules
        : type.StartsWith(KubernetesPrefix, StringComparison.Ordinal) ? KubernetesChanges.AnyObject with { Type = type }
        : null;

    /// <param name="file">In the Terraform provider's sources, on which Pulumi's is built: <c>ForceNew</c>, <c>RequiresReplace</c> and <c>CustomizeDiff</c> there.</param>
    internal static ResourceRules Aws(string type, string file, params ImmutableArray<ReplaceRule> replacedBy) =>
        new($"aws:{type}", $"https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/{file}.go", replacedBy);
}
