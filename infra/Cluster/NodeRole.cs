using Hybrid.Infra.Iam;
using Pulumi;
using Pulumi.Aws.Iam;

namespace Hybrid.Infra.Cluster;

/// <summary>The nodes' own role: enough to join and to pull images. Pods have roles of their own.</summary>
public sealed class NodeRole : AreaComponent
{
    public NodeRole(string name, ComponentResourceOptions options)
        : base("cluster:NodeRole", name, options)
    {
        var role = new Role(ChildName("role"), new RoleArgs
        {
            Description = "The nodes of the cluster",
            AssumeRolePolicy = PolicyDocument.AssumedBy("ec2.amazonaws.com"),
        }, Child());
        foreach (var policy in new[] { "AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonSSMManagedInstanceCore" })
        {
            _ = new RolePolicyAttachment(ChildName(policy), new RolePolicyAttachmentArgs
            {
                Role = role.Name,
                PolicyArn = $"arn:aws:iam::aws:policy/{policy}",
            }, Child());
        }

        Arn = role.Arn;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["arn"] = Arn });
    }

    public Output<string> Arn { get; }
}
