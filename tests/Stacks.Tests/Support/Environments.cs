using Hybrid.Stacks.Policies;
using Hybrid.Stacks.Preview;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Support;

/// <summary>The environments of the repository, previewed once for all tests.</summary>
public sealed class Environments : IAsyncLifetime
{
    private readonly Dictionary<string, PreviewedEnvironment> _previews = new(StringComparer.Ordinal);

    /// <summary>The day on which the repository's exceptions are judged: a test must not begin to fail by itself.</summary>
    internal static DateOnly Today { get; } = new(2026, 11, 23);

    internal PreviewedEnvironment this[string environment] => _previews[environment];

    public async ValueTask InitializeAsync()
    {
        foreach (var environment in new[] { "dev", "staging", "prod" })
        {
            _previews[environment] = await EnvironmentPreview.RunAsync(environment, Repository.Root);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal PolicyReport Policies(string environment) => PolicyEvaluation.Run(this[environment], EnvironmentFiles.Of(environment, Repository.Root), Today);

    internal IEnumerable<(PreviewedStack Stack, PreviewedResource Resource)> Resources(string environment) =>
        this[environment].Stacks.SelectMany(stack => stack.Resources.Select(resource => (stack, resource)));

    internal IEnumerable<(PreviewedStack Stack, PreviewedResource Resource)> OfType(string environment, string type)
    {
        var found = Resources(environment).Where(item => string.Equals(item.Resource.Type, type, StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(found);
        return found;
    }
}
