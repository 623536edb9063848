using Gateway.Tunnel.Health;

namespace Gateway.ControlPlane.Sites;

/// <summary>What one instance says of an upstream.</summary>
internal sealed record UpstreamHealthRecord(Guid Instance, string Site, string Hostname, UpstreamReport Report);
