using Hybrid.Infra.Iam;
using Pulumi;
using Pulumi.Aws.Eks;
using Pulumi.Aws.Iam;

namespace Hybrid.Infra.Cluster;

/// <summary>A role for one workload's pods, by EKS Pod Identity.</summary>
public sealed class WorkloadRole : AreaComponent
{
    public WorkloadRole(string name, WorkloadRoleArgs args, ComponentResourceOptions options)
        : base("cluster:WorkloadRole", name, options)
    {
        args.Validate();
        var role = new Role(ChildName("role"), new RoleArgs
        {
            Name = args.RoleName!,
            Description = $"Pods in {args.Namespace}",
            AssumeRolePolicy = PolicyDocument.AssumedByPods(),
        }, Child());
        _ = new RolePolicy(ChildName("policy"), new RolePolicyArgs { Role = role.Id, Policy = PolicyDocument.Of(args.Statements) }, Child());
        foreach (var account in args.ServiceAccounts)
        {
            _ = new PodIdentityAssociation(ChildName(account), new PodIdentityAssociationArgs
            {
                ClusterName = args.ClusterName,
                Namespace = args.Namespace,
                ServiceAccount = account,
                RoleArn = role.Arn,
            }, Child());
        }

        Arn = role.Arn;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["arn"] = Arn });
    }

    public Output<string> Arn { get; }
}
