using System.Xml.Linq;
using Hybrid.Testing;

namespace Architecture.Tests;

/// <summary>Which project may depend on which. An arrow that is not drawn here does not exist.</summary>
public sealed class ProjectArrowsTests
{
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Gateway.Settings"] = [],
        ["Gateway.Model"] = [],
        ["Gateway.Tunnel"] = ["Gateway.Model"],
        ["Gateway.ControlPlane"] = ["Gateway.Model", "Gateway.Tunnel"],
        ["Gateway.DataPlane"] = ["Gateway.Model", "Gateway.Tunnel"],
        ["Gateway.Plugins"] = ["Gateway.DataPlane", "Gateway.Model"],
        ["Gateway"] = ["Gateway.Settings", "Gateway.Model", "Gateway.Tunnel", "Gateway.ControlPlane", "Gateway.DataPlane", "Gateway.Plugins"],
        ["Petstore"] = [],
        ["Pulumi.Offline"] = [],
        ["Pulumi.Offline.Generator"] = ["Pulumi.Offline"],
        ["Infra"] = ["Gateway.Settings", "Pulumi.Offline"],
        ["Stacks"] = ["Infra", "Pulumi.Offline"],
    };

    public static TheoryData<string> Products => [.. ProjectFiles().Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Theory]
    [MemberData(nameof(Products))]
    public void A_project_depends_only_on_what_the_layout_allows(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Arrows.TryGetValue(name, out var allowed), $"{project} is not in the layout");

        var references = References(Repository.PathOf(project));

        Assert.Empty(references.Except(allowed!, StringComparer.Ordinal));
    }

    [Fact]
    public void No_product_depends_on_tests()
    {
        Assert.All(ProjectFiles(), file => Assert.DoesNotContain(
            XDocument.Load(file).Descendants("ProjectReference"), reference => ((string)reference.Attribute("Include")!).Contains("tests/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("Infra.sln")).Replace('\\', '/');

        // The subset joins the build through the projects that use it, in offline mode alone.
        var missing = ProjectFiles().Concat(Directory.GetFiles(Repository.PathOf("tests"), "*.csproj", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("infra/pulumi-offline/", StringComparison.Ordinal))
            .Where(file => !solution.Contains(file, StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    private static List<string> References(string projectFile)
    {
        // Pulumi.targets adds the subset in one of the two modes; its arrow is drawn above as well.
        return [.. XDocument.Load(projectFile).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')))];
    }

    private static IEnumerable<string> ProjectFiles() =>
        new[] { "gateway", "infra", "stacks" }
            .SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))

            // What a template makes is a project; the template is none.
            .Where(file => !file.StartsWith(Repository.PathOf("gateway", "templates"), StringComparison.Ordinal))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
