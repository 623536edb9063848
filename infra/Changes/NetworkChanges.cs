using System.Collections.Immutable;
using static Hybrid.Infra.Changes.ChangeTable;

namespace Hybrid.Infra.Changes;

/// <summary>VPC, VPN, DNS and public certificates.</summary>
internal static class NetworkChanges
{
    public static ImmutableArray<ResourceRules> All { get; } =
    [
        Aws("ec2/vpc:Vpc", "ec2/vpc_", "cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength") with
        {
            Loses = "the network with every address in it; nothing that stands in it survives",
        },
        Aws("ec2/subnet:Subnet", "ec2/vpc_subnet", "availabilityZone", "availabilityZoneId", "cidrBlock", "ipv6Native", "outpostArn", "vpcId"),
        Aws("ec2/internetGateway:InternetGateway", "ec2/vpc_internet_gateway"),
        Aws("ec2/eip:Eip", "ec2/ec2_eip", "address", "customerOwnedIpv4Pool", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"),
        Aws("ec2/natGateway:NatGateway", "ec2/vpc_nat_gateway", "allocationId", "connectivityType", "privateIp", "subnetId"),
        Aws("ec2/routeTable:RouteTable", "ec2/vpc_route_table", "vpcId"),
        Aws("ec2/route:Route", "ec2/vpc_route", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId", "routeTableId"),
        Aws("ec2/routeTableAssociation:RouteTableAssociation", "ec2/vpc_route_table_association", "gatewayId", "subnetId"),
        Aws("ec2/securityGroup:SecurityGroup", "ec2/vpc_security_group", "description", "name", "namePrefix", "vpcId"),
        Aws("ec2/defaultSecurityGroup:DefaultSecurityGroup", "ec2/vpc_default_security_group", "vpcId"),
        Aws("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ec2/vpc_security_group_ingress_rule", "securityGroupId"),
        Aws("vpc/securityGroupEgressRule:SecurityGroupEgressRule", "ec2/vpc_security_group_egress_rule", "securityGroupId"),
        Aws("ec2/vpcEndpoint:VpcEndpoint", "ec2/vpc_endpoint", "resourceConfigurationArn", "serviceName", "serviceNetworkArn", "serviceRegion", "vpcEndpointType", "vpcId"),
        Aws(
            "ec2/flowLog:FlowLog",
            "ec2/vpc_flow_log",
            "deliverCrossAccountRole",
            "destinationOptions",
            "eniId",
            "iamRoleArn",
            "logDestination",
            "logDestinationType",
            "logFormat",
            "maxAggregationInterval",
            "subnetId",
            "trafficType",
            "transitGatewayAttachmentId",
            "transitGatewayId",
            "vpcId"),
        Aws("ec2/customerGateway:CustomerGateway", "ec2/vpnsite_customer_gateway", "bgpAsn", "bgpAsnExtended", "certificateArn", "deviceName", "ipAddress", "type"),
        Aws("ec2/vpnGateway:VpnGateway", "ec2/vpnsite_gateway", "amazonSideAsn", "availabilityZone"),
        Aws(
            "ec2/vpnConnection:VpnConnection",
            "ec2/vpnsite_connection",
            "enableAcceleration",
            "outsideIpAddressType",
            "staticRoutesOnly",
            "transportTransitGatewayAttachmentId",
            "tunnel1InsideCidr",
            "tunnel1InsideIpv6Cidr",
            "tunnel2InsideCidr",
            "tunnel2InsideIpv6Cidr",
            "tunnelInsideIpVersion",
            "type"),
        Aws("ec2transitgateway/vpcAttachment:VpcAttachment", "ec2/transitgateway_vpc_attachment", "transitGatewayId", "vpcId"),
        Aws("route53/zone:Zone", "route53/zone", "delegationSetId", "name") with
        {
            Loses = "the zone with its name servers: the parent zone points to servers that no longer answer",
            IsGlobal = true,
        },
        Aws("route53/record:Record", "route53/record", "name", "zoneId") with { IsGlobal = true },
        Aws(
            "acm/certificate:Certificate",
            "acm/certificate",
            "certificateAuthorityArn",
            "domainName",
            "keyAlgorithm",
            "subjectAlternativeNames",
            "validationMethod",
            "validationOptions"),
        Aws("acm/certificateValidation:CertificateValidation", "acm/certificate_validation", "certificateArn", "validationRecordFqdns"),
        Aws("lb/loadBalancer:LoadBalancer", "elbv2/load_balancer", "customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"),
        Aws("lb/listener:Listener", "elbv2/listener", "loadBalancerArn"),
        Aws(
            "lb/targetGroup:TargetGroup",
            "elbv2/target_group",
            "ipAddressType",
            "name",
            "namePrefix",
            "port",
            "protocol",
            "protocolVersion",
            "targetType",
            "vpcId"),
        Aws("wafv2/webAcl:WebAcl", "wafv2/web_acl", "name", "namePrefix", "scope"),
        Aws("wafv2/webAclAssociation:WebAclAssociation", "wafv2/web_acl_association", "resourceArn", "webAclArn"),
    ];
}
