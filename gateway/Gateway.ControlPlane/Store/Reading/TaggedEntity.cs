namespace Gateway.ControlPlane.Store.Reading;

/// <summary>One tag of one entity.</summary>
public sealed record TaggedEntity(string Tag, string Kind, Guid Id);
