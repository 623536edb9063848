namespace Gateway.Model.Entities;

/// <summary>What every entity has, in Kong's names.</summary>
public abstract record Entity
{
    /// <summary>Primary key, a version 4 UUID unless the client chose another.</summary>
    public Guid Id { get; init; }

    /// <summary>Unix time in whole seconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix time in whole seconds; absent on entities that are never changed in place.</summary>
    public long? UpdatedAt { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }
}
