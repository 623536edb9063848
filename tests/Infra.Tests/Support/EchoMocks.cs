using System.Collections.Immutable;
using Pulumi.Testing;

namespace Hybrid.Infra.Tests.Support;

/// <summary>Answers with the inputs, an ARN and what the test adds; remembers what was asked for.</summary>
internal sealed class EchoMocks(Func<MockResourceArgs, ImmutableDictionary<string, object>, ImmutableDictionary<string, object>>? answer = null) : IMocks
{
    private readonly Lock _lock = new();
    private readonly List<MockResourceArgs> _resources = [];

    public IReadOnlyList<MockResourceArgs> Resources
    {
        get
        {
            lock (_lock)
            {
                return [.. _resources];
            }
        }
    }

    public ImmutableDictionary<string, object> Inputs(string type, string name) =>
        Resources.Single(resource => resource.Type == type && resource.Name == name).Inputs;

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        lock (_lock)
        {
            _resources.Add(args);
        }

        var state = args.Inputs.SetItem("arn", $"arn:aws:test:eu-central-1:111111111111:{args.Name}");
        return Task.FromResult<(string?, object)>(($"{args.Name}-id", answer?.Invoke(args, state) ?? state));
    }

    public Task<object> CallAsync(MockCallArgs args) => throw new InvalidOperationException($"{args.Token} was not expected");
}
