using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Preview.Manifests;
using Hybrid.Stacks.Tests.Support;
using Hybrid.Testing;
using YamlDotNet.RepresentationModel;

namespace Hybrid.Stacks.Tests.Preview.Manifests;

[Collection(PulumiTests.Name)]
public sealed class ManifestWriterTests(Environments environments)
{
    private static readonly bool HasHelm = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "helm")));

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public async Task Every_release_and_object_is_written_by_stack_without_secrets(string environment)
    {
        Assert.SkipUnless(HasHelm, "helm is not on the PATH");
        using var folder = new TemporaryFolder();
        var note = await new ManifestWriter(Repository.Root, folder.FullName).WriteAsync(environments[environment], TestContext.Current.CancellationToken);

        var files = Directory.GetFiles(folder.FullName, "*.yaml", SearchOption.AllDirectories);
        var objects = environments.Resources(environment).Count(item => item.Resource.Type.StartsWith("kubernetes:", StringComparison.Ordinal));
        Assert.Equal($"{objects - 1} files under {folder.FullName}; not rendered, since their charts are elsewhere: aws-load-balancer-controller (control-plane.{environment})", note);
        Assert.Equal(objects - 1, files.Length);
        Assert.All(files, file =>
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain("PRIVATE KEY", text, StringComparison.Ordinal);
            Assert.NotEmpty(Documents(text));
            Assert.All(Documents(text), document => Assert.True(document.Children.ContainsKey("apiVersion") && document.Children.ContainsKey("kind"), file));
        });
        var release = await File.ReadAllTextAsync(folder.PathOf(Path.Combine($"data-plane-anywhere.{environment}.factory1", "release-gateway-release.yaml")), TestContext.Current.CancellationToken);
        Assert.Contains("nodePort: 30443", release, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_longer_there_goes_with_the_next_run()
    {
        Assert.SkipUnless(HasHelm, "helm is not on the PATH");
        using var folder = new TemporaryFolder();
        var old = Path.Combine(Directory.CreateDirectory(folder.PathOf("control-plane.dev")).FullName, "secret-old.yaml");
        await File.WriteAllTextAsync(old, "kind: Secret\n", TestContext.Current.CancellationToken);

        await new ManifestWriter(Repository.Root, folder.FullName).WriteAsync(environments["dev"], TestContext.Current.CancellationToken);
        Assert.False(File.Exists(old));
    }

    [Fact]
    public void An_object_is_written_as_people_write_it()
    {
        var definition = environments.OfType("dev", "kubernetes:anywhere.eks.amazonaws.com/v1alpha1:Cluster").Single().Resource;
        var yaml = ManifestYaml.Write(definition.Inputs);
        Assert.StartsWith("apiVersion: anywhere.eks.amazonaws.com/v1alpha1\nkind: Cluster\nmetadata:\n", yaml.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        // A number is a whole number, and a text that looks like one stays a text.
        Assert.Contains("count: 1\n", yaml.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("kubernetesVersion: \"1.35\"", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_in_one_line()
    {
        Assert.SkipUnless(HasHelm, "helm is not on the PATH");
        using var folder = new TemporaryFolder();
        var file = folder.PathOf("file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var problem = await Assert.ThrowsAsync<PreviewException>(() => new ManifestWriter(Repository.Root, file).WriteAsync(environments["dev"], TestContext.Current.CancellationToken));
        Assert.StartsWith($"--manifests {file}: it cannot be written: ", problem.Message, StringComparison.Ordinal);
    }

    private static YamlMappingNode[] Documents(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return [.. yaml.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>()];
    }
}
