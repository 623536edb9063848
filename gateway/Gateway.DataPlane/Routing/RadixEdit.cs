namespace Gateway.DataPlane.Routing;

/// <summary>Marks the nodes that one batch of changes made, and may therefore change in place.</summary>
internal sealed class RadixEdit;
