using System.Text.RegularExpressions;
using Gateway.Settings;
using Hybrid.Infra.Tests.Chart.Manifests;
using Hybrid.Testing;
using k8s.Models;

namespace Hybrid.Infra.Tests.Chart;

/// <summary>
/// What the chart makes of values: <c>Cases/NAME/values.yaml</c>, beside it the objects (<c>UPDATE_CASES=1</c> writes them), each held to Kubernetes' own models, to what it says
/// of the others, and to the profile that its namespace enforces.
/// </summary>
public sealed partial class ChartCaseTests
{
    /// <summary>As long as Helm allows.</summary>
    private const string LongestRelease = "a-release-that-is-named-as-long-as-helm-will-allow-it";

    public static TheoryData<string> Cases => Folders("Cases");

    public static TheoryData<string> Refusals => Folders("Refusals");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Values_make_the_expected_objects(string name)
    {
        await Helm.LintAsync("--values", Values("Cases", name));
        var expected = Repository.PathOf("tests", "Infra.Tests", "Chart", "Cases", name, "objects.yaml");
        var actual = RandomKey().Replace(await RenderAsync(name), "${name}a random key");
        if (Environment.GetEnvironmentVariable("UPDATE_CASES") == "1")
        {
            await File.WriteAllTextAsync(expected, actual, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(expected, TestContext.Current.CancellationToken), actual);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_object_is_one_that_kubernetes_takes_and_finds_what_it_names(string name) =>
        Assert.Empty(ManifestRules.Violations(ManifestReader.Read(await RenderAsync(name)), Helm.Namespace));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_longest_release_name_leaves_every_name_within_kubernetes_limits(string name)
    {
        Assert.Equal(53, LongestRelease.Length);
        Assert.Empty(ManifestRules.Violations(ManifestReader.Read(await RenderAsync(name, LongestRelease)), Helm.Namespace));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_pod_is_admitted_by_a_restricted_namespace_and_writes_to_its_state_alone(string name)
    {
        var pods = ManifestRules.Pods(ManifestReader.Read(await RenderAsync(name))).ToList();
        Assert.NotEmpty(pods);
        Assert.All(pods, pod =>
        {
            var spec = pod.Template.Spec;
            Assert.Empty(RestrictedProfile.Violations(spec));
            Assert.False(spec.AutomountServiceAccountToken);
            Assert.False(spec.EnableServiceLinks);
            Assert.All([.. spec.Containers, .. spec.InitContainers ?? []], container =>
            {
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.All((container.VolumeMounts ?? []).Where(mount => mount.ReadOnlyProperty is not true), mount => Assert.Equal("/var/lib/gateway", mount.MountPath));
                Assert.Contains("memory", container.Resources.Limits.Keys);
                Assert.Contains("cpu", container.Resources.Requests.Keys);
                Assert.Contains("memory", container.Resources.Requests.Keys);
            });
        });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_pods_environment_is_what_the_process_accepts_and_its_files_are_mounted(string name)
    {
        foreach (var (owner, template, _) in ManifestRules.Pods(ManifestReader.Read(await RenderAsync(name))))
        {
            var container = template.Spec.Containers[0];
            var settings = container.Env
                .Where(variable => variable.Name.StartsWith(SettingsEnvironment.Prefix, StringComparison.Ordinal))
                .ToDictionary(variable => variable.Name[SettingsEnvironment.Prefix.Length..], variable => (string?)variable.Value, StringComparer.Ordinal);
            foreach (var file in settings.Keys.Where(key => key.EndsWith(SettingsEnvironment.FileSuffix, StringComparison.Ordinal) && SettingsContract.Find(key) is null).ToList())
            {
                Assert.True(IsMounted(container, settings[file]!), $"{owner}: {file}");
                settings.Remove(file);
                settings[file[..^SettingsEnvironment.FileSuffix.Length]] = null;
            }

            Assert.Empty(SettingsEnvironment.Validate(settings));

            // A migration needs neither certificates nor keys.
            if (owner.Object is not V1Job)
            {
                Assert.All(settings.Where(setting => setting.Value?.StartsWith("/etc/secrets/", StringComparison.Ordinal) is true), setting =>
                    Assert.True(IsMounted(container, setting.Value!), $"{owner}: {setting.Key} is {setting.Value}, which is not mounted"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Values_that_cannot_work_are_refused_by_name(string name)
    {
        var values = Values("Refusals", name);
        var first = (await File.ReadAllLinesAsync(values, TestContext.Current.CancellationToken))[0];
        const string Mark = "# Refused for: ";
        Assert.StartsWith(Mark, first, StringComparison.Ordinal);
        Assert.Contains(first[Mark.Length..], await Helm.RefusalAsync("--values", values), StringComparison.Ordinal);
    }

    private static bool IsMounted(V1Container container, string file) =>
        container.VolumeMounts.Any(mount => file.StartsWith(mount.MountPath + "/", StringComparison.Ordinal));

    private static Task<string> RenderAsync(string name, string release = Helm.Release) => Helm.TextAsync(release, "--values", Values("Cases", name));

    private static string Values(string kind, string name) => Repository.PathOf("tests", "Infra.Tests", "Chart", kind, name, "values.yaml");

    private static TheoryData<string> Folders(string kind) =>
        [.. Directory.GetDirectories(Repository.PathOf("tests", "Infra.Tests", "Chart", kind)).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    // The only thing that is different each time.
    [GeneratedRegex("(?<name>  (keys.json|token): ).*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RandomKey();
}
