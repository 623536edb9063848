namespace Gateway.ControlPlane.Store.Schema;

/// <summary>A unique constraint: the row's property, and the fields that users know it by.</summary>
/// <param name="Property">The row's property that carries the constraint.</param>
/// <param name="Fields">The entity's fields that the property was made of; one field where the value alone is unique.</param>
/// <param name="Lookup">True where the Admin API finds an entity by this value in place of its id.</param>
internal sealed record UniqueColumn(string Property, IReadOnlyList<string> Fields, bool Lookup = false);
