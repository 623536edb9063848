namespace Gateway.Tunnel.Cache;

/// <summary>Part of the format: numbers never change their meaning.</summary>
internal enum SealedFileKind : byte
{
    Snapshot = 1,
    DeltaLog = 2,
}
