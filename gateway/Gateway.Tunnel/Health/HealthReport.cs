namespace Gateway.Tunnel.Health;

/// <summary>How an instance finds the targets of the upstreams that it uses.</summary>
/// <param name="Upstreams">Each at most once.</param>
public sealed record HealthReport(IReadOnlyList<UpstreamReport> Upstreams)
{
    /// <summary>Addresses in one report; what exceeds them is left out, by whole upstreams.</summary>
    public const int MostAddresses = 500;

    public static readonly HealthReport Empty = new([]);
}
