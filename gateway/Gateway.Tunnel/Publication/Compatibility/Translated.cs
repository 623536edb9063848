namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>An entity as a profile reads it.</summary>
/// <param name="Canonical">Null where it is left out.</param>
/// <param name="Problem">Null where nothing of it was lost.</param>
public readonly record struct Translated(ReadOnlyMemory<byte>? Canonical, Incompatibility? Problem);
