using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>What the directory of instances is told about one.</summary>
internal static class InstanceReport
{
    public static InstanceState Of(
        SessionPeer peer, InstanceHello hello, Delivery delivery, InstanceAssessor assessor, bool connected, DateTimeOffset lastSeen) => new()
        {
            Id = hello.Instance,
            Site = peer.Site,
            Hostname = hello.Hostname,
            Ip = peer.Address,
            Version = hello.Profile.GatewayVersion,
            Plugins = hello.Profile.Plugins,
            Revision = delivery.Acknowledged?.Revision ?? 0,
            ConfigurationHash = delivery.Acknowledged?.Hash ?? "",
            SyncStatus = assessor.Status,
            LastRefusal = assessor.IsHeldBack ? string.Join("; ", assessor.Problems) : delivery.LastRefusal,
            RefusedRevision = delivery.RefusedRevision,
            Incompatibilities = assessor.Problems,
            Connected = connected,
            LastSeen = lastSeen,
            CertificateExpiry = peer.CertificateNotAfter,
            CertificateAuthority = peer.CertificateAuthority,
        };
}
