using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What a transform sees.</summary>
public readonly struct ResourceTransformArgs
{
    public ResourceTransformArgs(string name, string type, bool custom, ImmutableDictionary<string, object?> args, ResourceOptions options)
    {
        Name = name;
        Type = type;
        Custom = custom;
        Args = args;
        Options = options;
    }

    public string Name { get; }

    public string Type { get; }

    public bool Custom { get; }

    public ImmutableDictionary<string, object?> Args { get; }

    public ResourceOptions Options { get; }
}
