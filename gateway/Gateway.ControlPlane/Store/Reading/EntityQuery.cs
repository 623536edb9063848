namespace Gateway.ControlPlane.Store.Reading;

/// <summary>Which entities of one kind.</summary>
public sealed record EntityQuery
{
    /// <summary>1 to 1000.</summary>
    public int Size { get; init; } = 100;

    /// <summary>Only entities after this id.</summary>
    public Guid? After { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>False where an entity must have all <see cref="Tags"/>, true where any will do.</summary>
    public bool AnyTag { get; init; }

    /// <summary>Only entities that have one of these tags, or are nested beneath one that has; null for all.</summary>
    public IReadOnlyList<string>? Within { get; init; }

    /// <summary>Only entities whose reference (such as <c>service</c>) names this id.</summary>
    public IReadOnlyDictionary<string, Guid> References { get; init; } = new Dictionary<string, Guid>(StringComparer.Ordinal);
}
