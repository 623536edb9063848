namespace Gateway.Tunnel.Identity;

/// <summary>What a certificate says its holder is.</summary>
public enum PeerRole
{
    ControlPlane,
    DataPlane,
}
