namespace Gateway.ControlPlane.Store.Schema;

/// <summary>A reference of one kind to another.</summary>
/// <param name="Field">The entity's field, such as <c>service</c>.</param>
/// <param name="Property">The row's property, such as <c>ServiceId</c>.</param>
/// <param name="Required">Whether an entity may be without it.</param>
/// <param name="Cascade">True where deleting the referenced entity deletes this one, false where it is refused.</param>
/// <param name="Owned">True where the entity is nested beneath the referenced one, and so belongs to whom that belongs; false where it only uses it.</param>
internal sealed record ForeignColumn(string Field, string Property, string TargetKind, Type TargetRow, bool Required, bool Cascade, bool Owned = true);
