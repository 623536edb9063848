using Gateway.Settings;
using Gateway.Tunnel;

namespace Gateway.Hosting;

/// <summary>The settings' proxy as the tunnels take it.</summary>
internal static class ClusterProxy
{
    public static TunnelProxy? Of(DataPlaneSettings settings) => settings.ClusterProxy is not { } proxy ? null : new TunnelProxy
    {
        Host = proxy.Host,
        Port = proxy.Port,
        Tls = proxy.Tls,
        VerifyCertificate = settings.VerifyProxyCertificate,
        User = proxy.User,
        Password = proxy.Password,
    };
}
