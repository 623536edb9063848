using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi.Testing;

namespace Hybrid.PulumiOffline.Tests.Support;

/// <summary>Answers with the inputs and whatever a test adds, and remembers what it was asked.</summary>
internal sealed class RecordingMocks : IMocks
{
    private readonly ConcurrentQueue<MockResourceArgs> _resources = new();
    private readonly ConcurrentQueue<MockCallArgs> _calls = new();
    private readonly ConcurrentQueue<MockRegisterResourceOutputsRequest> _outputs = new();

    /// <summary>What a resource is answered beside its inputs.</summary>
    public Func<MockResourceArgs, ImmutableDictionary<string, object>> Extra { get; init; } = _ => ImmutableDictionary<string, object>.Empty;

    public Func<MockResourceArgs, string?> Id { get; init; } = args => args.Name + "-id";

    public Func<MockCallArgs, object> Call { get; init; } = args => args.Args;

    public IReadOnlyCollection<MockResourceArgs> Resources => _resources;

    public IReadOnlyCollection<MockCallArgs> Calls => _calls;

    public IReadOnlyCollection<MockRegisterResourceOutputsRequest> Outputs => _outputs;

    public MockResourceArgs Resource(string name) => _resources.Single(resource => resource.Name == name);

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        _resources.Enqueue(args);
        return Task.FromResult<(string?, object)>((Id(args), args.Inputs.SetItems(Extra(args))));
    }

    public Task<object> CallAsync(MockCallArgs args)
    {
        _calls.Enqueue(args);
        return Task.FromResult(Call(args));
    }

    public Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args)
    {
        _outputs.Enqueue(args);
        return Task.CompletedTask;
    }
}
