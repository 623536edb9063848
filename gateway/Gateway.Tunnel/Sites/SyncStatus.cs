namespace Gateway.Tunnel.Sites;

/// <summary>Kong's states of a data plane, and the further ones that acknowledgements make possible. Rendered in snake_case.</summary>
public enum SyncStatus
{
    Unknown,
    Normal,
    Behind,
    Refused,
    HashMismatch,
    VersionIncompatible,
    PluginSetIncompatible,
    PluginVersionIncompatible,
}
