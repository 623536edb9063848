namespace Gateway.ControlPlane.Store.Schema;

/// <summary>How an instance finds the targets of one upstream. Goes with the instance.</summary>
internal sealed class InstanceUpstreamRow
{
    public Guid Instance { get; set; }
    public Guid Upstream { get; set; }

    /// <summary>JSON: a <see cref="Gateway.Tunnel.Health.UpstreamReport"/>.</summary>
    public required string Report { get; set; }
}
