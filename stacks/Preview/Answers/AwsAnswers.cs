using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Answers;

/// <summary>The AWS provider.</summary>
internal sealed class AwsAnswers(Identifiers ids, string account, string region)
{
    /// <summary>Resources whose ids AWS makes: their prefix, and their kind in an ARN.</summary>
    private static readonly ImmutableDictionary<string, (string Prefix, string Kind)> Ec2 = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["aws:ec2/vpc:Vpc"] = ("vpc", "vpc"),
        ["aws:ec2/subnet:Subnet"] = ("subnet", "subnet"),
        ["aws:ec2/securityGroup:SecurityGroup"] = ("sg", "security-group"),
        ["aws:ec2/internetGateway:InternetGateway"] = ("igw", "internet-gateway"),
        ["aws:ec2/natGateway:NatGateway"] = ("nat", "natgateway"),
        ["aws:ec2/eip:Eip"] = ("eipalloc", "elastic-ip"),
        ["aws:ec2/routeTable:RouteTable"] = ("rtb", "route-table"),
        ["aws:ec2/routeTableAssociation:RouteTableAssociation"] = ("rtbassoc", "route-table-association"),
        ["aws:ec2/vpcEndpoint:VpcEndpoint"] = ("vpce", "vpc-endpoint"),
        ["aws:ec2/flowLog:FlowLog"] = ("fl", "vpc-flow-log"),
        ["aws:ec2/launchTemplate:LaunchTemplate"] = ("lt", "launch-template"),
        ["aws:ec2/vpnGateway:VpnGateway"] = ("vgw", "vpn-gateway"),
        ["aws:ec2/customerGateway:CustomerGateway"] = ("cgw", "customer-gateway"),
        ["aws:ec2/vpnConnection:VpnConnection"] = ("vpn", "vpn-connection"),
        ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"] = ("sgr", "security-group-rule"),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public (string Id, ImmutableDictionary<string, object> State) For(string type, string name, ImmutableDictionary<string, object> inputs)
    {
        if (Ec2.TryGetValue(type, out var ec2))
        {
            var id = $"{ec2.Prefix}-{ids.Hex(type, name, 17)}";
            return (id, inputs
                .SetItem("arn", Arn("ec2", $"{ec2.Kind}/{id}"))
                .SetItem("allocationId", id)
                .SetItem("latestVersion", 1)
                .SetItem("defaultVersion", 1));
        }

        // As the provider names what has no name of its own.
        var physical = inputs.GetValueOrDefault("name") as string ?? $"{name}-{ids.Hex(type, name, 7)}";
        var state = inputs.ContainsKey("name") ? inputs : inputs.SetItem("name", physical);
        return type switch
        {
            "aws:kms/key:Key" => Key(name, state),
            "aws:kms/alias:Alias" => (physical, state.SetItem("arn", Arn("kms", physical))),
            "aws:ecr/repository:Repository" => (physical, state
                .SetItem("arn", Arn("ecr", $"repository/{physical}"))
                .SetItem("registryId", account)
                .SetItem("repositoryUrl", $"{account}.dkr.ecr.{region}.amazonaws.com/{physical}")),
            "aws:route53/zone:Zone" => Zone(name, state),
            "aws:route53/record:Record" => ($"{ids.Hex(type, name, 12)}_{Of(inputs, "name")}", state.SetItem("fqdn", Of(inputs, "name"))),
            "aws:acm/certificate:Certificate" => Certificate(name, state),
            "aws:iam/role:Role" => (physical, state.SetItem("arn", $"arn:aws:iam::{account}:role/{physical}").SetItem("uniqueId", $"AROA{ids.Hex(type, name, 17).ToUpperInvariant()}")),
            "aws:cloudwatch/logGroup:LogGroup" => (physical, state.SetItem("arn", Arn("logs", $"log-group:{physical}"))),
            "aws:eks/cluster:Cluster" => Eks(name, state),
            "aws:eks/nodeGroup:NodeGroup" => (physical, state.SetItem("arn", Arn("eks", $"nodegroup/{Of(inputs, "clusterName")}/{physical}"))),
            "aws:rds/cluster:Cluster" => Rds(name, state),
            "aws:elasticache/replicationGroup:ReplicationGroup" => Cache(state),
            "aws:elasticache/user:User" => ($"{Of(inputs, "userId")}", state.SetItem("arn", Arn("elasticache", $"user:{Of(inputs, "userId")}"))),
            "aws:opensearch/domain:Domain" => Search(name, state),
            "aws:cognito/userPool:UserPool" => UserPool(name, state),
            "aws:cognito/userPoolClient:UserPoolClient" => (ids.Hex(type, name, 26), state.SetItem("clientSecret", ids.Hex(type, name + " secret", 52))),
            "aws:rolesanywhere/trustAnchor:TrustAnchor" => RolesAnywhere("trust-anchor", name, state),
            "aws:rolesanywhere/profile:Profile" => RolesAnywhere("profile", name, state),
            _ => (physical, state.SetItem("arn", Arn(type.Split(':', '/')[1], physical))),
        };
    }

    /// <summary>An input's text. In a preview it may depend on what a provider has yet to compute, and is not handed over.</summary>
    private static string Of(ImmutableDictionary<string, object> inputs, string name) => inputs.GetValueOrDefault(name) as string ?? PreviewedStack.Unknown;

    private string Arn(string service, string resource) => $"arn:aws:{service}:{region}:{account}:{resource}";

    private (string, ImmutableDictionary<string, object>) Key(string name, ImmutableDictionary<string, object> state)
    {
        var id = ids.Guid("key", name).ToString();
        return (id, state.SetItem("keyId", id).SetItem("arn", Arn("kms", $"key/{id}")));
    }

    private (string, ImmutableDictionary<string, object>) Zone(string name, ImmutableDictionary<string, object> state)
    {
        var id = $"Z{ids.Hex("zone", name, 20).ToUpperInvariant()}";
        return (id, state
            .SetItem("zoneId", id)
            .SetItem("arn", $"arn:aws:route53:::hostedzone/{id}")
            .SetItem("nameServers", ImmutableArray.Create<object>("ns-1.awsdns-01.com", "ns-2.awsdns-02.net", "ns-3.awsdns-03.org", "ns-4.awsdns-04.co.uk")));
    }

    private (string, ImmutableDictionary<string, object>) Certificate(string name, ImmutableDictionary<string, object> state)
    {
        var arn = Arn("acm", $"certificate/{ids.Guid("certificate", name)}");
        return (arn, state.SetItem("arn", arn).SetItem("domainValidationOptions", ImmutableArray.Create<object>(Map(
            ("domainName", Of(state, "domainName")),
            ("resourceRecordName", $"_{ids.Hex("proof", name, 32)}.{Of(state, "domainName")}."),
            ("resourceRecordType", "CNAME"),
            ("resourceRecordValue", $"_{ids.Hex("proof value", name, 32)}.acm-validations.aws.")))));
    }

    private (string, ImmutableDictionary<string, object>) Eks(string name, ImmutableDictionary<string, object> state)
    {
        var cluster = Of(state, "name");
        var vpc = state.GetValueOrDefault("vpcConfig") as ImmutableDictionary<string, object> ?? Map();
        return (cluster, state
            .SetItem("arn", Arn("eks", $"cluster/{cluster}"))
            .SetItem("endpoint", $"https://{ids.Hex("eks", name, 32).ToUpperInvariant()}.gr7.{region}.eks.amazonaws.com")
            .SetItem("certificateAuthority", Map(("data", Convert.ToBase64String("(preview of the cluster's CA)"u8))))
            .SetItem("vpcConfig", vpc.SetItem("clusterSecurityGroupId", $"sg-{ids.Hex("eks sg", name, 17)}")));
    }

    private (string, ImmutableDictionary<string, object>) Rds(string name, ImmutableDictionary<string, object> state)
    {
        var id = state.GetValueOrDefault("clusterIdentifier") as string ?? $"{name}-{ids.Hex("rds", name, 7)}";
        var host = $"{id}.cluster-{ids.Hex("rds host", name, 12)}.{region}.rds.amazonaws.com";
        return (id, state
            .SetItem("clusterIdentifier", id)
            .SetItem("clusterResourceId", $"cluster-{ids.Hex("rds id", name, 26).ToUpperInvariant()}")
            .SetItem("arn", Arn("rds", $"cluster:{id}"))
            .SetItem("endpoint", host)
            .SetItem("readerEndpoint", host.Replace(".cluster-", ".cluster-ro-", StringComparison.Ordinal))
            .SetItem("masterUserSecrets", ImmutableArray.Create<object>(Map(
                ("secretArn", Arn("secretsmanager", $"secret:rds!cluster-{ids.Guid("rds secret", name)}-{ids.Hex("rds secret", name, 6)}")),
                ("secretStatus", "active")))));
    }

    private (string, ImmutableDictionary<string, object>) Cache(ImmutableDictionary<string, object> state)
    {
        var id = Of(state, "replicationGroupId");
        return (id, state
            .SetItem("arn", Arn("elasticache", $"replicationgroup:{id}"))
            .SetItem("configurationEndpointAddress", $"clustercfg.{id}.{ids.Hex("cache", id, 6)}.{region[..2]}c1.cache.amazonaws.com"));
    }

    private (string, ImmutableDictionary<string, object>) Search(string name, ImmutableDictionary<string, object> state)
    {
        var domain = Of(state, "domainName");
        var arn = Arn("es", $"domain/{domain}");
        return (arn, state.SetItem("arn", arn).SetItem("endpoint", $"vpc-{domain}-{ids.Hex("search", name, 26)}.{region}.es.amazonaws.com"));
    }

    private (string, ImmutableDictionary<string, object>) UserPool(string name, ImmutableDictionary<string, object> state)
    {
        var id = $"{region}_{ids.Hex("pool", name, 9)}";
        return (id, state.SetItem("arn", Arn("cognito-idp", $"userpool/{id}")).SetItem("endpoint", $"cognito-idp.{region}.amazonaws.com/{id}"));
    }

    private (string, ImmutableDictionary<string, object>) RolesAnywhere(string kind, string name, ImmutableDictionary<string, object> state)
    {
        var id = ids.Guid(kind, name).ToString();
        return (id, state.SetItem("arn", Arn("rolesanywhere", $"{kind}/{id}")));
    }

    private static ImmutableDictionary<string, object> Map(params IEnumerable<(string Key, object Value)> entries) =>
        entries.ToImmutableDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
}
