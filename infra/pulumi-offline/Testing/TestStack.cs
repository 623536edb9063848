using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>The stack behind the function forms of a test.</summary>
internal sealed class TestStack : Stack
{
    public TestStack(Func<Task<IDictionary<string, object?>>> createResources)
        => Deployment.InternalInstance.Runner.Watch(CreateAsync(createResources));

    public IDictionary<string, object?> Result { get; private set; } = ImmutableDictionary<string, object?>.Empty;

    private async Task CreateAsync(Func<Task<IDictionary<string, object?>>> createResources) => Result = await createResources();
}
