using System.Collections.Immutable;
using Hybrid.Stacks.Preview;

namespace Hybrid.Stacks.Tests.Support;

/// <summary>Previews made by hand.</summary>
internal static class Made
{
    public static ImmutableSortedDictionary<string, object?> NoInputs { get; } = ImmutableSortedDictionary.Create<string, object?>(StringComparer.Ordinal);

    public static PreviewedResource Resource(string type, string name, ImmutableSortedDictionary<string, object?> inputs, bool protect = false) => new()
    {
        Type = type,
        Name = name,
        Urn = $"urn:pulumi:stack.test::hybrid::{type}::{name}",
        Aliases = [],
        Id = name,
        Parent = null,
        Provider = null,
        Protect = protect,
        RetainOnDelete = false,
        IgnoreChanges = [],
        ReplaceOnChanges = [],
        Inputs = inputs,
        Unknown = [],
        Secrets = ImmutableSortedDictionary<string, string>.Empty,
    };

    public static PreviewedStack Stack(string name, string layer, params ImmutableArray<PreviewedResource> resources) => new(name, layer, resources, [], NoInputs);

    public static PreviewedEnvironment Environment(params ImmutableArray<PreviewedStack> stacks) => new("test", PreviewMode.Update, stacks);
}
