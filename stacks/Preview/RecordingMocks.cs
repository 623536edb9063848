using System.Collections.Immutable;
using Hybrid.Stacks.Preview.Answers;
using Pulumi.Testing;

namespace Hybrid.Stacks.Preview;

/// <summary>Stands in for the engine and the providers: answers plausibly, and records what it was asked for.</summary>
/// <param name="mode">In a preview, the providers compute nothing.</param>
internal sealed class RecordingMocks(ProviderAnswers answers, SecretMask secrets, IReadOnlyDictionary<string, ExportedOutputs> exported, PreviewMode mode) : IMocks
{
    private const string StackReference = "pulumi:pulumi:StackReference";

    private readonly Lock _lock = new();
    private readonly List<RecordedResource> _resources = [];
    private readonly List<string> _references = [];

    public ImmutableArray<RecordedResource> Resources
    {
        get
        {
            lock (_lock)
            {
                return [.. _resources];
            }
        }
    }

    public ImmutableArray<string> References
    {
        get
        {
            lock (_lock)
            {
                return [.. _references.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            }
        }
    }

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        var (type, name) = (args.Type!, args.Name!);
        if (type is StackReference)
        {
            return Task.FromResult(Reference(name));
        }

        var (id, state) = answers.For(type, name, args.Inputs);
        lock (_lock)
        {
            _resources.Add(new RecordedResource(type, name, id, args.Provider, args.Inputs));
        }

        foreach (var (property, value) in state)
        {
            if (SecretMask.IsSecretProperty(property))
            {
                secrets.Remember(value);
            }
        }

        return Task.FromResult<(string?, object)>(mode is PreviewMode.Preview ? (null, Passed(args.Inputs, state)) : (id, state));
    }

    public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>(answers.Call(args.Token!, args.Args));

    /// <summary>What a provider passes through. An object into which it computes something is unknown as a whole, as the SDK has it.</summary>
    private static ImmutableDictionary<string, object> Passed(ImmutableDictionary<string, object> inputs, ImmutableDictionary<string, object> state) =>
        inputs.RemoveRange(inputs.Where(input => !Equals(state[input.Key], input.Value)).Select(input => input.Key));

    private (string? Id, object State) Reference(string name)
    {
        var stack = name[(name.LastIndexOf('/') + 1)..];
        lock (_lock)
        {
            _references.Add(stack);
        }

        var outputs = exported.TryGetValue(stack, out var found) ? found : new ExportedOutputs(ImmutableDictionary<string, object>.Empty, []);
        return (name, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["name"] = name,
            ["outputs"] = outputs.Values,
            ["secretOutputNames"] = outputs.SecretNames,
        });
    }
}
