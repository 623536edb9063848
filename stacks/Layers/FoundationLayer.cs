using System.Collections.Immutable;
using Hybrid.Infra.Dns;
using Hybrid.Infra.Network;
using Hybrid.Infra.Registry;
using Hybrid.Infra.Security;
using Hybrid.Stacks.Configuration;
using Hybrid.Stacks.References;
using Pulumi;

namespace Hybrid.Stacks.Layers;

/// <summary>What everything else stands on: addresses, keys, names, images.</summary>
internal sealed class FoundationLayer(StackContext context)
{
    public FoundationOutputs Create()
    {
        var environment = context.Environment;
        var configuration = context.Configuration;
        var network = configuration.Object<NetworkConfig>("network");
        var domain = configuration.Text("domain");

        var keys = new EncryptionKeys("keys", new EncryptionKeysArgs
        {
            AccountId = environment.AccountId,
            Region = environment.Region,
            AliasPrefix = environment.Prefix,
            Protect = environment.Protect,
        }, context.InAws());
        var vpc = configuration.From("network", () => new VpcNetwork("network", new VpcNetworkArgs
        {
            AccountId = environment.AccountId,
            Region = environment.Region,
            Cidr = network.Cidr,
            AvailabilityZones = network.AvailabilityZones,
            Nat = network.Nat,
            Sites = network.Sites,
            LogsKeyArn = keys.Arns[KeyPurpose.Logs],
            FlowLogRetention = configuration.Number("logRetention", 365),
            Protect = environment.Protect,
        }, context.InAws()));
        var registry = new ContainerRegistry("registry", new ContainerRegistryArgs
        {
            RepositoryName = $"{environment.Prefix}/gateway",
            KeyArn = keys.Arns[KeyPurpose.Registry],
            Protect = environment.Protect,
        }, context.InAws());
        var zone = configuration.From("domain", () => new DnsZone("dns", new DnsZoneArgs { Domain = domain, Protect = environment.Protect }, context.InAws()));

        var connected = network.Sites.Where(site => site.Vpn is not null).ToImmutableArray();
        return new FoundationOutputs
        {
            Domain = Output.Create(domain),
            ZoneId = zone.ZoneId,
            ZoneArn = zone.ZoneArn,
            NameServers = zone.NameServers,
            VpcId = vpc.VpcId,
            VpcCidr = Output.Create(network.Cidr),
            PublicSubnetIds = vpc.PublicSubnetIds,
            PrivateSubnetIds = vpc.PrivateSubnetIds,
            IsolatedSubnetIds = vpc.IsolatedSubnetIds,
            VpnSites = Output.Create(connected.Select(site => site.Name).ToImmutableArray()),
            VpnCidrs = Output.Create(connected.SelectMany(site => site.Cidrs).ToImmutableArray()),
            ClusterKeyArn = keys.Arns[KeyPurpose.Cluster],
            NodesKeyArn = keys.Arns[KeyPurpose.Nodes],
            DatabaseKeyArn = keys.Arns[KeyPurpose.Database],
            CacheKeyArn = keys.Arns[KeyPurpose.Cache],
            SearchKeyArn = keys.Arns[KeyPurpose.Search],
            LogsKeyArn = keys.Arns[KeyPurpose.Logs],
            AlarmsKeyArn = keys.Arns[KeyPurpose.Alarms],
            RegistryUrl = registry.Url,
        };
    }
}
