using System.Collections.Immutable;

namespace Hybrid.Stacks.Configuration;

/// <summary>One key of the stacks' configuration, without its namespace.</summary>
/// <param name="Name">Such as <c>cluster</c>, which a stack's file has as <c>hybrid:cluster</c>.</param>
/// <param name="Type">What its value is read as.</param>
/// <param name="Layers">The layers that read it.</param>
/// <param name="Summary">What it is, for people.</param>
/// <param name="Default">What is taken where it is not set; null where it is required.</param>
internal sealed record ConfigurationKey(string Name, Type Type, ImmutableArray<LayerKind> Layers, string Summary, string? Default = null)
{
    public bool IsFor(LayerKind layer) => Layers.Contains(layer);
}
