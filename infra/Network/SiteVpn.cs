using Hybrid.Infra.Validation;
using Pulumi;
using Pulumi.Aws.CloudWatch;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Ec2.Inputs;

namespace Hybrid.Infra.Network;

/// <summary>A site-to-site VPN with two tunnels and BGP; its keys are made by AWS and kept in Secrets Manager, so that no state holds them.</summary>
public sealed class SiteVpn : AreaComponent
{
    public SiteVpn(string name, SiteVpnArgs args, ComponentResourceOptions options)
        : base("network:SiteVpn", name, options)
    {
        var end = args.Site.Vpn ?? throw new InvalidArgumentsException("site.vpn", $"{args.Site.Name} has none", "an address and a BGP number");
        var customer = new CustomerGateway(ChildName("device"), new CustomerGatewayArgs
        {
            Type = "ipsec.1",
            IpAddress = end.IpAddress,
            // The plain field holds what fits 31 bits.
            BgpAsn = end.BgpAsn <= int.MaxValue ? $"{end.BgpAsn}" : null!,
            BgpAsnExtended = end.BgpAsn > int.MaxValue ? $"{end.BgpAsn}" : null!,
            DeviceName = args.Site.Name,
        }, Child());
        var logs = new LogGroup(ChildName("logs"), new LogGroupArgs { RetentionInDays = args.LogRetention, KmsKeyId = args.LogsKeyArn }, Child());
        var connection = new VpnConnection(ChildName("connection"), new VpnConnectionArgs
        {
            Type = "ipsec.1",
            CustomerGatewayId = customer.Id,
            VpnGatewayId = args.VpnGatewayId,
            StaticRoutesOnly = false,
            PresharedKeyStorage = "SecretsManager",
            Tunnel1IkeVersions = "ikev2",
            Tunnel1Phase1EncryptionAlgorithms = "AES256-GCM-16",
            Tunnel1Phase2EncryptionAlgorithms = "AES256-GCM-16",
            Tunnel1Phase1IntegrityAlgorithms = "SHA2-384",
            Tunnel1Phase2IntegrityAlgorithms = "SHA2-384",
            Tunnel1Phase1DhGroupNumbers = 20,
            Tunnel1Phase2DhGroupNumbers = 20,
            Tunnel1DpdTimeoutAction = "restart",
            Tunnel1StartupAction = "start",
            Tunnel1LogOptions = new VpnConnectionTunnel1LogOptionsArgs
            {
                CloudwatchLogOptions = new VpnConnectionTunnel1LogOptionsCloudwatchLogOptionsArgs
                {
                    LogEnabled = true,
                    LogGroupArn = logs.Arn,
                    LogOutputFormat = "json",
                },
            },
            Tunnel2IkeVersions = "ikev2",
            Tunnel2Phase1EncryptionAlgorithms = "AES256-GCM-16",
            Tunnel2Phase2EncryptionAlgorithms = "AES256-GCM-16",
            Tunnel2Phase1IntegrityAlgorithms = "SHA2-384",
            Tunnel2Phase2IntegrityAlgorithms = "SHA2-384",
            Tunnel2Phase1DhGroupNumbers = 20,
            Tunnel2Phase2DhGroupNumbers = 20,
            Tunnel2DpdTimeoutAction = "restart",
            Tunnel2StartupAction = "start",
            Tunnel2LogOptions = new VpnConnectionTunnel2LogOptionsArgs
            {
                CloudwatchLogOptions = new VpnConnectionTunnel2LogOptionsCloudwatchLogOptionsArgs
                {
                    LogEnabled = true,
                    LogGroupArn = logs.Arn,
                    LogOutputFormat = "json",
                },
            },
        }, Child());

        ConnectionId = connection.Id;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["connectionId"] = ConnectionId });
    }

    public Output<string> ConnectionId { get; }
}
