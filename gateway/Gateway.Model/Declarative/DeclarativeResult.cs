namespace Gateway.Model.Declarative;

/// <summary>All entities of a file, in an order in which they can be written, or everything that is wrong with it.</summary>
public sealed record DeclarativeResult(IReadOnlyList<DeclarativeEntity> Entities, IReadOnlyList<ModelError> Errors);
