using System.Collections.Concurrent;
using Hybrid.Stacks.Layers;
using Pulumi;

namespace Hybrid.Stacks.Preview;

/// <summary>Runs the program as a stack whose transformation notes what belongs to what, which mocks are not told.</summary>
internal sealed class PreviewStack : Stack
{
    public PreviewStack(string repository, ConcurrentDictionary<string, ResourceFacts> facts)
        : base(new StackOptions { ResourceTransformations = { args => Note(args, facts) } }) =>
        Exports = LayerProgram.Run(repository);

    public IDictionary<string, object?> Exports { get; }

    private static ResourceTransformationResult? Note(ResourceTransformationArgs args, ConcurrentDictionary<string, ResourceFacts> facts)
    {
        facts[ResourceFacts.KeyOf(args.Resource)] = ResourceFacts.Of(args.Options);
        return null;
    }
}
