namespace Gateway.Model.Configuration;

/// <summary>
/// What happened to one entity. <paramref name="Canonical"/> holds its canonical bytes (UTF-8 JSON, all fields, keys in ordinal order, no white space)
/// after the change, null where it was deleted.
/// </summary>
public readonly record struct EntityChange(EntityKey Key, ReadOnlyMemory<byte>? Canonical);
