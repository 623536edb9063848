using Pulumi;

namespace Hybrid.Infra.Network;

public sealed record SiteVpnArgs
{
    public required OnPremisesSite Site { get; init; }

    public required Input<string> VpnGatewayId { get; init; }

    public required Input<string> LogsKeyArn { get; init; }

    /// <summary>Days.</summary>
    public required int LogRetention { get; init; }
}
