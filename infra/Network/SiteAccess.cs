using System.Collections.Immutable;
using Pulumi;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Ec2.Inputs;

namespace Hybrid.Infra.Network;

/// <summary>Lets the on-premises sites that have a VPN reach the shared cache and the search domain.</summary>
public sealed class SiteAccess : AreaComponent
{
    /// <param name="cidrs">The sites' addresses; nobody is let in when empty.</param>
    /// <param name="ports">TCP ports, and what they are.</param>
    public SiteAccess(string name, Input<string> vpcId, Output<ImmutableArray<string>> cidrs, ImmutableArray<(int Port, string Use)> ports, ComponentResourceOptions options)
        : base("network:SiteAccess", name, options)
    {
        var group = new SecurityGroup(ChildName("group"), new SecurityGroupArgs
        {
            VpcId = vpcId,
            Description = "On-premises sites, by VPN",
            Ingress = cidrs.Apply(known => known.IsEmpty
                ? ImmutableArray<SecurityGroupIngressArgs>.Empty
                : [
                    .. ports.Select(port => new SecurityGroupIngressArgs
                    {
                        Description = port.Use,
                        Protocol = "tcp",
                        FromPort = port.Port,
                        ToPort = port.Port,
                        CidrBlocks = [.. known.Select(cidr => (Input<string>)cidr)],
                    }),
                ]),
        }, Child());
        SecurityGroupId = group.Id;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["securityGroupId"] = SecurityGroupId });
    }

    public Output<string> SecurityGroupId { get; }
}
