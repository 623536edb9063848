using System.Collections.Immutable;
using Pulumi;

namespace Hybrid.Stacks.Preview;

/// <summary>What a resource's options say of it, before what it inherits.</summary>
/// <param name="Parent">Type and name of the component that it is part of; null at the top.</param>
internal sealed record ResourceFacts(
    string? Parent,
    bool? Protect,
    bool? RetainOnDelete,
    ImmutableArray<string> IgnoreChanges,
    ImmutableArray<string> ReplaceOnChanges,
    ImmutableArray<Input<Alias>> Aliases)
{
    public static ResourceFacts Of(ResourceOptions options) => new(
        options.Parent is { } parent and not Stack ? KeyOf(parent) : null,
        options.Protect,
        options.RetainOnDelete,
        [.. options.IgnoreChanges],
        [.. options.ReplaceOnChanges],
        [.. options.Aliases]);

    public static string KeyOf(Resource resource) => $"{resource.GetResourceType()}::{resource.GetResourceName()}";
}
