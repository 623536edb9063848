using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Policies.Rules;

/// <summary>What runs on the clusters: pinned, without privileges, within bounds, and without secrets where everyone reads.</summary>
internal static partial class WorkloadRules
{
    private static readonly PolicySource Restricted = PolicySource.Kubernetes("Pod Security Standards: restricted", "concepts/security/pod-security-standards/#restricted");

    /// <summary>Settings that the restricted profile refuses, by the values that it refuses.</summary>
    private static readonly ImmutableDictionary<string, string> Refused = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("privileged", "true"),
        KeyValuePair.Create("hostNetwork", "true"),
        KeyValuePair.Create("hostPID", "true"),
        KeyValuePair.Create("hostIPC", "true"),
        KeyValuePair.Create("allowPrivilegeEscalation", "true"),
        KeyValuePair.Create("runAsNonRoot", "false"),
        KeyValuePair.Create("runAsUser", "0"),
    ]);

    public static readonly ImmutableArray<PolicyRule> All =
    [
        new()
        {
            Id = "namespace-restricted",
            Title = "A namespace admits pods of the restricted profile only",
            Area = PolicyArea.Workloads,
            Source = Restricted,
            Types = [ResourceTypes.KubernetesNamespace],
            Check = home => new[] { "enforce", "warn", "audit" }.SelectMany(mode => home["metadata.labels"].Member($"pod-security.kubernetes.io/{mode}").IsOneOf("restricted")),
        },
        new()
        {
            Id = "release-restricted",
            Title = "A release asks for nothing that the restricted profile refuses",
            Area = PolicyArea.Workloads,
            Source = Restricted,
            Types = [ResourceTypes.HelmRelease],
            Check = release => release["values"].Walk()
                .Where(node => Refused.TryGetValue(node.Path[(node.Path.LastIndexOf('.') + 1)..], out var refused) && string.Equals(node.Shown.Trim('\''), refused, StringComparison.Ordinal))
                .Select(node => new Violation(node.Path, node.Shown, "what the restricted profile admits")),
        },
        new()
        {
            Id = "image-pinned",
            Title = "An image is pinned, by a version or a digest",
            Area = PolicyArea.Workloads,
            Source = PolicySource.Kubernetes("Images: avoid using the :latest tag", "concepts/containers/images/#image-names"),
            Types = [ResourceTypes.HelmRelease],
            Check = release =>
            [
                .. release["values.image"] is { IsMissing: false } image && image["digest"].IsMissing ? image["tag"].Matches(Version(), "a version, or a digest beside it") : [],
                .. release["values.rolesAnywhere.image"] is { IsMissing: false } helper ? helper.Matches(PinnedImage(), "REPOSITORY:VERSION or REPOSITORY@sha256:DIGEST") : [],
            ],
        },
        new()
        {
            Id = "chart-pinned",
            Title = "A chart from elsewhere is pinned to a version",
            Area = PolicyArea.Workloads,
            Source = new("Helm documentation", "helm install --version", "https://helm.sh/docs/helm/helm_install/"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => release["repositoryOpts"].IsMissing ? [] : release["version"].Matches(Version(), "a version"),
        },
        new()
        {
            Id = "registry-immutable",
            Title = "A tag in the registry stays what it is",
            Area = PolicyArea.Workloads,
            Source = PolicySource.SecurityHub("ECR.2"),
            Types = [ResourceTypes.Registry],
            Check = registry => registry["imageTagMutability"].IsOneOf("IMMUTABLE"),
        },
        new()
        {
            Id = "registry-scans",
            Title = "Images are scanned when they are pushed",
            Area = PolicyArea.Workloads,
            Source = PolicySource.SecurityHub("ECR.1"),
            Types = [ResourceTypes.Registry],
            Check = registry => registry["imageScanningConfiguration.scanOnPush"].IsTrue(),
        },
        new()
        {
            Id = "registry-lifecycle",
            Title = "Images that nobody needs go away",
            Area = PolicyArea.Workloads,
            Source = PolicySource.SecurityHub("ECR.3"),
            Types = [ResourceTypes.Registry],
            Check = registry => Subject.Itself(registry.Neighbours(ResourceTypes.RegistryLifecycle).Length > 0, "it has no lifecycle policy", "a lifecycle policy"),
        },
        new()
        {
            Id = "release-atomic",
            Title = "A release that fails is rolled back",
            Area = PolicyArea.Workloads,
            Source = new("Helm documentation", "helm upgrade --atomic", "https://helm.sh/docs/helm/helm_upgrade/"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => release["atomic"].IsTrue(),
        },
        new()
        {
            Id = "release-bounded",
            Title = "A release of ours says what it needs, and how much memory it may take",
            Area = PolicyArea.Workloads,
            Source = PolicySource.Kubernetes("Resource Management for Pods and Containers", "concepts/configuration/manage-resources-containers/"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => release["values.resources"] is { IsMissing: false } || release["repositoryOpts"].IsMissing
                ?
                [
                    .. release["values.resources.requests.cpu"].IsSet("a request"),
                    .. release["values.resources.requests.memory"].IsSet("a request"),
                    .. release["values.resources.limits.memory"].IsSet("a limit"),
                ]
                : [],
        },
        new()
        {
            Id = "release-without-secrets",
            Title = "A release's values hold no secret: Helm keeps them where every reader of its records sees them",
            Area = PolicyArea.Workloads,
            Source = PolicySource.Kubernetes("Good practices for Kubernetes Secrets", "concepts/security/secrets-good-practices/"),
            Types = [ResourceTypes.HelmRelease],
            Check = release => release["values"].Walk()
                .Where(node => node.Text?.Contains(SecretMask.Masked, StringComparison.Ordinal) is true)
                .Select(node => new Violation(node.Path, "a secret", "a reference to a Kubernetes secret")),
        },
    ];

    [GeneratedRegex(@"^v?\d+\.\d+\.\d+([.+-][0-9A-Za-z.+-]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();

    [GeneratedRegex("^[^@]+(:v?[0-9][^:/]*|@sha256:[0-9a-f]{64})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PinnedImage();
}
