using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Hybrid.Infra.Anywhere;

/// <summary>What a version of EKS Anywhere can run.</summary>
internal static partial class EksaRelease
{
    /// <summary>The newest Kubernetes minor version by EKS Anywhere minor version. Source: the release notes of v0.24.0, v0.25.0 and v0.26.0 (github.com/aws/eks-anywhere/releases). Extend it when AWS does.</summary>
    private static readonly ImmutableSortedDictionary<int, int> Newest = new Dictionary<int, int> { [24] = 34, [25] = 35, [26] = 36 }.ToImmutableSortedDictionary();

    /// <summary>From this minor version on there is no provider for CloudStack (release notes of v0.26.0).</summary>
    private const int WithoutCloudStack = 26;

    public static void Check(string version, string kubernetes, AnywhereProvider provider)
    {
        var match = Pattern().Match(version);
        var known = string.Join(", ", Newest.Keys.Select(minor => $"v0.{minor}.x"));
        Validation.Check.That(match.Success, "eksaVersion", $"'{version}' is malformed", $"such as v0.{Newest.Keys.Last()}.1");
        var minor = int.Parse(match.Groups["minor"].ValueSpan, CultureInfo.InvariantCulture);
        Validation.Check.That(Newest.ContainsKey(minor), "eksaVersion", $"{version} is not known here", known);

        var wanted = int.Parse(kubernetes.Split('.')[1], CultureInfo.InvariantCulture);
        Validation.Check.That(wanted <= Newest[minor], "version", $"EKS Anywhere {version} does not run Kubernetes {kubernetes}", $"at most 1.{Newest[minor]}, or a newer eksaVersion");
        Validation.Check.That(provider is not AnywhereProvider.CloudStack || minor < WithoutCloudStack, "provider", $"EKS Anywhere {version} has none for CloudStack", $"an eksaVersion before v0.{WithoutCloudStack}.0, or another provider");
    }

    [GeneratedRegex(@"^v0\.(?<minor>\d{1,3})\.\d{1,3}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
