namespace Gateway.Model.Entities;

/// <summary>That a consumer is in a group that the <c>acl</c> plugin allows or denies.</summary>
public sealed record Acl : Entity
{
    /// <summary>Unique per consumer.</summary>
    public required string Group { get; init; }
    public required EntityReference Consumer { get; init; }
}
