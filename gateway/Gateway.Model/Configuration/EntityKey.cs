namespace Gateway.Model.Configuration;

/// <summary>Names one entity of a configuration. <paramref name="Kind"/> is one of <see cref="Entities.EntityKinds"/>.</summary>
public readonly record struct EntityKey(string Kind, Guid Id);
