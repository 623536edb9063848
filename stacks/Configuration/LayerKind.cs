namespace Hybrid.Stacks.Configuration;

/// <summary>The layers, each on top of those before it.</summary>
internal enum LayerKind
{
    Foundation,
    Platform,
    ControlPlane,
    DataPlaneEks,
    DataPlaneAnywhere,
}
