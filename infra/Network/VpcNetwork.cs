using System.Collections.Immutable;
using Hybrid.Infra.Iam;
using Pulumi;
using Pulumi.Aws.CloudWatch;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Iam;

namespace Hybrid.Infra.Network;

/// <summary>A VPC over three zones: public subnets for load balancers, private ones for nodes and pods, isolated ones for data, which no route leads out of.</summary>
public sealed class VpcNetwork : AreaComponent
{
    private const string Anywhere = "0.0.0.0/0";

    private readonly VpcNetworkArgs _args;
    private readonly Vpc _vpc;

    public VpcNetwork(string name, VpcNetworkArgs args, ComponentResourceOptions options)
        : base("network:VpcNetwork", name, options)
    {
        _args = args;
        var plan = args.Validate();
        _vpc = new Vpc(ChildName("vpc"), new VpcArgs
        {
            CidrBlock = args.Cidr,
            EnableDnsHostnames = true,
            EnableDnsSupport = true,
            EnableNetworkAddressUsageMetrics = true,
            Tags = Named("vpc"),
        }, Stateful(args.Protect));

        var publicSubnets = Subnets("public", plan.Public, "kubernetes.io/role/elb");
        var privateSubnets = Subnets("private", plan.Private, "kubernetes.io/role/internal-elb");
        var isolatedSubnets = Subnets("isolated", plan.Isolated, role: null);

        var gateways = Gateways(args.Sites);
        var publicRoutes = PublicRoutes(publicSubnets);
        var privateRoutes = PrivateRoutes(publicSubnets, privateSubnets, gateways);
        var isolatedRoutes = IsolatedRoutes(isolatedSubnets, gateways);
        _ = new ServiceEndpoints(ChildName("endpoints"), new ServiceEndpointsArgs
        {
            AccountId = args.AccountId,
            Region = args.Region,
            VpcId = _vpc.Id,
            Cidr = args.Cidr,
            SubnetIds = [.. privateSubnets.Select(subnet => (Input<string>)subnet.Id)],
            RouteTableIds = [publicRoutes.Id, .. privateRoutes.Select(table => table.Id), isolatedRoutes.Id],
            Services = args.InterfaceEndpoints,
        }, ChildComponent());
        CloseTheDefaultGroup();
        FlowLogs();

        VpcId = _vpc.Id;
        PublicSubnetIds = Ids(publicSubnets);
        PrivateSubnetIds = Ids(privateSubnets);
        IsolatedSubnetIds = Ids(isolatedSubnets);
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["vpcId"] = VpcId,
            ["publicSubnetIds"] = PublicSubnetIds,
            ["privateSubnetIds"] = PrivateSubnetIds,
            ["isolatedSubnetIds"] = IsolatedSubnetIds,
        });
    }

    public Output<string> VpcId { get; }

    public Output<ImmutableArray<string>> PublicSubnetIds { get; }

    public Output<ImmutableArray<string>> PrivateSubnetIds { get; }

    public Output<ImmutableArray<string>> IsolatedSubnetIds { get; }

    private static Output<ImmutableArray<string>> Ids(IEnumerable<Subnet> subnets) => Output.All(subnets.Select(subnet => subnet.Id));

    private InputMap<string> Named(string suffix) => new() { ["Name"] = ChildName(suffix) };

    private string Zone(int index) => _args.AvailabilityZones[index][^1..];

    private Subnet[] Subnets(string kind, ImmutableArray<CidrBlock> blocks, string? role) =>
    [
        .. blocks.Select((block, zone) =>
        {
            var tags = Named($"{kind}-{Zone(zone)}");
            if (role is not null)
            {
                tags.Add(role, "1");
            }

            return new Subnet(ChildName($"{kind}-{Zone(zone)}"), new SubnetArgs
            {
                VpcId = _vpc.Id,
                CidrBlock = block.ToString(),
                AvailabilityZone = _args.AvailabilityZones[zone],
                MapPublicIpOnLaunch = false,
                Tags = tags,
            }, Child());
        }),
    ];

    private RouteTable PublicRoutes(Subnet[] subnets)
    {
        var internet = new InternetGateway(ChildName("internet"), new InternetGatewayArgs { VpcId = _vpc.Id, Tags = Named("internet") }, Child());
        var table = new RouteTable(ChildName("public"), new RouteTableArgs { VpcId = _vpc.Id, Tags = Named("public") }, Child());
        _ = new Pulumi.Aws.Ec2.Route(ChildName("public-internet"), new RouteArgs
        {
            RouteTableId = table.Id,
            DestinationCidrBlock = Anywhere,
            GatewayId = internet.Id,
        }, Child());
        Associate("public", table, subnets);
        return table;
    }

    private RouteTable[] PrivateRoutes(Subnet[] publicSubnets, Subnet[] privateSubnets, InputList<string> gateways)
    {
        var count = _args.Nat is NatMode.Single ? 1 : SubnetPlan.Zones;
        var nats = Enumerable.Range(0, count).Select(zone =>
        {
            var address = new Eip(ChildName($"nat-{Zone(zone)}"), new EipArgs { Domain = "vpc", Tags = Named($"nat-{Zone(zone)}") }, Child());
            return new NatGateway(ChildName($"nat-{Zone(zone)}"), new NatGatewayArgs
            {
                SubnetId = publicSubnets[zone].Id,
                AllocationId = address.AllocationId,
                ConnectivityType = "public",
                Tags = Named($"nat-{Zone(zone)}"),
            }, Child());
        }).ToArray();

        return
        [
            .. privateSubnets.Select((subnet, zone) =>
            {
                var suffix = $"private-{Zone(zone)}";
                var table = new RouteTable(ChildName(suffix), new RouteTableArgs { VpcId = _vpc.Id, PropagatingVgws = gateways, Tags = Named(suffix) }, Child());
                _ = new Pulumi.Aws.Ec2.Route(ChildName($"{suffix}-nat"), new RouteArgs
                {
                    RouteTableId = table.Id,
                    DestinationCidrBlock = Anywhere,
                    NatGatewayId = nats[zone % nats.Length].Id,
                }, Child());
                Associate(suffix, table, subnet);
                return table;
            }),
        ];
    }

    private RouteTable IsolatedRoutes(Subnet[] subnets, InputList<string> gateways)
    {
        var table = new RouteTable(ChildName("isolated"), new RouteTableArgs { VpcId = _vpc.Id, PropagatingVgws = gateways, Tags = Named("isolated") }, Child());
        Associate("isolated", table, subnets);
        return table;
    }

    private void Associate(string suffix, RouteTable table, params Subnet[] subnets)
    {
        for (var i = 0; i < subnets.Length; i++)
        {
            var name = subnets.Length is 1 ? suffix : $"{suffix}-{Zone(i)}";
            _ = new RouteTableAssociation(ChildName(name), new RouteTableAssociationArgs { RouteTableId = table.Id, SubnetId = subnets[i].Id }, Child());
        }
    }

    private InputList<string> Gateways(ImmutableArray<OnPremisesSite> sites)
    {
        if (sites.All(site => site.Vpn is null))
        {
            return [];
        }

        var gateway = new VpnGateway(ChildName("vpn"), new VpnGatewayArgs { VpcId = _vpc.Id, AmazonSideAsn = "64512", Tags = Named("vpn") }, Child());
        foreach (var site in sites)
        {
            if (site.Vpn is not null)
            {
                _ = new SiteVpn(ChildName($"vpn-{site.Name}"), new SiteVpnArgs
                {
                    Site = site,
                    VpnGatewayId = gateway.Id,
                    LogsKeyArn = _args.LogsKeyArn,
                    LogRetention = _args.FlowLogRetention,
                }, ChildComponent());
            }
        }

        return new InputList<string> { gateway.Id };
    }

    /// <summary>Every VPC has a group that lets its members speak with each other and with everyone outside: without rules it lets nobody (AWS FSBP EC2.2).</summary>
    private void CloseTheDefaultGroup() =>
        _ = new DefaultSecurityGroup(ChildName("default"), new DefaultSecurityGroupArgs { VpcId = _vpc.Id, Ingress = [], Egress = [], Tags = Named("default-closed") }, Child());

    private void FlowLogs()
    {
        var logs = new LogGroup(ChildName("flow-logs"), new LogGroupArgs
        {
            RetentionInDays = _args.FlowLogRetention,
            KmsKeyId = _args.LogsKeyArn,
        }, Stateful(_args.Protect));
        var role = new Role(ChildName("flow-logs"), new RoleArgs
        {
            Description = "Lets the VPC write its flow logs",
            AssumeRolePolicy = PolicyDocument.AssumedBy("vpc-flow-logs.amazonaws.com", new Condition("StringEquals", "aws:SourceAccount", _args.AccountId)),
        }, Child());
        var policy = new RolePolicy(ChildName("flow-logs"), new RolePolicyArgs
        {
            Role = role.Id,
            Policy = PolicyDocument.Of(new Statement
            {
                Sid = "WriteFlowLogs",
                Actions = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                Resources = [logs.Arn, Output.Format($"{logs.Arn}:*")],
            }),
        }, Child());
        _ = new FlowLog(ChildName("flow-logs"), new FlowLogArgs
        {
            VpcId = _vpc.Id,
            TrafficType = "ALL",
            LogDestinationType = "cloud-watch-logs",
            LogDestination = logs.Arn,
            IamRoleArn = role.Arn,
            MaxAggregationInterval = 60,
            Tags = Named("flow-logs"),
        }, Child(policy));
    }
}
