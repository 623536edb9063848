using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Publication.Compatibility;
using Gateway.Tunnel.Publication.Source;
using Gateway.Tunnel.Publication.Views;
using Gateway.Tunnel.Sites;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>What all sessions share.</summary>
internal sealed record SessionServices(
    TunnelServerOptions Options,
    ReleaseFollower Releases,
    ViewCatalogue Views,
    ICompatibility Compatibility,
    IInstanceDirectory Directory,
    CertificateIssuer Issuer,
    TunnelMetrics Metrics,
    TimeProvider Time,
    ILogger<InstanceSession> Logger)
{
    /// <summary>Names this process in greetings.</summary>
    public string ServerId { get; } = Guid.NewGuid().ToString();

    public Welcome Greet(SessionPeer peer, InstanceAssessor assessor)
    {
        var welcome = new Welcome
        {
            ServerId = ServerId,
            GatewayVersion = Options.GatewayVersion,
            TrustDomain = peer.Identity.TrustDomain,
            Site = peer.Site,
            HeartbeatInterval = (uint)Options.HeartbeatInterval.TotalMilliseconds,
            State = ProtocolState.Of(assessor.Status),
        };
        if (assessor.IsHeldBack)
        {
            welcome.Reasons.AddRange(assessor.Problems.Select(ProtocolState.Of));
        }

        return welcome;
    }
}
