using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>What an output carries beside its value: where it came from, whether it is known yet, whether it is secret.</summary>
internal readonly record struct OutputData<T>(ImmutableHashSet<Resource> Resources, T Value, bool IsKnown, bool IsSecret)
{
    public OutputData<object?> Untyped() => new(Resources, Value, IsKnown, IsSecret);
}

internal static class OutputData
{
    /// <summary>An unknown value never leaks what it would have been.</summary>
    public static OutputData<T> Create<T>(ImmutableHashSet<Resource> resources, T value, bool isKnown, bool isSecret)
        => new(resources, isKnown ? value : default!, isKnown, isSecret);

    public static OutputData<T> Known<T>(T value, bool isSecret = false)
        => new([], value, IsKnown: true, isSecret);
}
