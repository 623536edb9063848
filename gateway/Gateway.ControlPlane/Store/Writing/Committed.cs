namespace Gateway.ControlPlane.Store.Writing;

/// <summary>The outcome of a write.</summary>
/// <param name="Revision">The revision it made; the head's where nothing changed.</param>
/// <param name="Changes">How many entities changed.</param>
public sealed record Committed<T>(T Value, long Revision, int Changes);
