using Hybrid.Stacks.Deploy;
using Hybrid.Stacks.Tests.Support;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Deploy;

/// <summary>A clone that a test may change, and a stand-in for the Pulumi CLI that keeps its stacks.</summary>
internal sealed class PulumiStandIn : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PulumiStandIn()
    {
        var script = _folder.PathOf("pulumi");
        File.Copy(Repository.PathOf("tests", "Stacks.Tests", "Deploy", "pulumi"), script);
        Cli = PulumiCli.Find(Clone.Root, _folder.FullName);
    }

    public Clone Clone { get; } = new();

    public PulumiCli Cli { get; }

    public StringWriter Output { get; } = new();

    public EnvironmentDeployment Deployment => new(Cli, Clone.Root, Output);

    /// <summary>What the CLI was called with, without the folder; look-ups left out.</summary>
    public IEnumerable<string> Calls => Read("calls")
        .Select(call => call.Replace($" --cwd {Clone.Root}", "", StringComparison.Ordinal))
        .Where(call => !call.StartsWith("stack ls", StringComparison.Ordinal));

    public IEnumerable<string> Changes => Calls.Where(call => !call.StartsWith("stack ", StringComparison.Ordinal));

    public void Fail(string stack) => File.WriteAllText(_folder.PathOf($"fail-{stack}"), "");

    public void Mend(string stack) => File.Delete(_folder.PathOf($"fail-{stack}"));

    public void Drift(string stack, string steps) => File.WriteAllText(_folder.PathOf($"drift-{stack}"), steps);

    public void Forget() => File.Delete(_folder.PathOf("calls"));

    public void Dispose()
    {
        Clone.Dispose();
        Output.Dispose();
        _folder.Dispose();
    }

    private string[] Read(string name) => File.Exists(_folder.PathOf(name)) ? File.ReadAllLines(_folder.PathOf(name)) : [];
}
