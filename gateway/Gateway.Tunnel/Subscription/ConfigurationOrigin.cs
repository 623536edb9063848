namespace Gateway.Tunnel.Subscription;

/// <summary>Where what is applied came from.</summary>
public enum ConfigurationOrigin
{
    None,
    Cache,
    ControlPlane,
}
