namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>What is said of the key ring at start.</summary>
internal sealed record KeyRingState(string Path, bool ReadableByOthers);
