using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What a transform made.</summary>
public readonly struct ResourceTransformResult
{
    public ResourceTransformResult(ImmutableDictionary<string, object?> args, ResourceOptions options)
    {
        Args = args;
        Options = options;
    }

    public ImmutableDictionary<string, object?> Args { get; }

    public ResourceOptions Options { get; }
}
