using System.Text.RegularExpressions;
using Hybrid.Stacks.Commands;
using Hybrid.Stacks.Preview;
using Hybrid.Testing;
using YamlDotNet.RepresentationModel;

namespace Hybrid.Stacks.Tests.Commands;

/// <summary>The workflows call what there is.</summary>
public sealed partial class WorkflowTests
{
    /// <summary>The verbs that the script handles itself.</summary>
    private static readonly string[] OfTheScript = ["test", "bench", "check-pulumi"];

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Repository.PathOf(".github"), "*.yml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_command_that_a_workflow_runs_exists(string file)
    {
        var text = File.ReadAllText(Repository.PathOf(file));
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        _ = Assert.IsType<YamlMappingNode>(Assert.Single(yaml.Documents).RootNode);

        var known = HybridCommand.Create().Subcommands.Select(command => command.Name).Concat(OfTheScript).ToHashSet(StringComparer.Ordinal);
        Assert.All(Verb().Matches(text).Select(match => match.Groups["verb"].Value), verb => Assert.Contains(verb, known));
        Assert.All(OptionOfHybrid().Matches(text), line => Assert.All(
            Option().Matches(line.Groups["rest"].Value).Select(match => match.Value),
            option => Assert.Contains(option, HybridCommand.Create().Subcommands.Single(command => string.Equals(command.Name, line.Groups["verb"].Value, StringComparison.Ordinal)).Options.Select(known => known.Name))));
    }

    [Fact]
    public void What_can_be_deployed_is_what_is_configured()
    {
        var configured = StackFile.In(Repository.PathOf("stacks", "config")).Select(stack => stack["environment"]!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var deploy = File.ReadAllText(Repository.PathOf(".github", "workflows", "deploy.yml"));
        var offered = Environments().Match(deploy).Groups["names"].Value.Split(", ");
        Assert.Equal(configured, offered.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\./hybrid (?<verb>[a-z][a-z-]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Verb();

    [GeneratedRegex(@"\./hybrid (?<verb>preview|up|drift|plan|destroy|outputs)(?<rest>[^\n|;]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OptionOfHybrid();

    [GeneratedRegex("--[a-z][a-z-]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();

    [GeneratedRegex(@"options: \[(?<names>dev, [a-z, ]+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Environments();
}
