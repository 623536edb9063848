namespace Hybrid.Infra.Security;

/// <summary>One key for each kind of data, so that a grant for one opens no other.</summary>
public enum KeyPurpose
{
    Cluster,
    Nodes,
    Database,
    Cache,
    Search,
    Registry,
    Logs,
    Alarms,
}
