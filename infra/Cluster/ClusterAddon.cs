using Hybrid.Infra.Iam;
using Pulumi;
using Pulumi.Aws.Eks;
using Pulumi.Aws.Eks.Inputs;
using Pulumi.Aws.Iam;

namespace Hybrid.Infra.Cluster;

/// <summary>An EKS add-on in a pinned version, with a Pod Identity role of its own where it calls AWS.</summary>
public sealed class ClusterAddon : AreaComponent
{
    public ClusterAddon(string name, ClusterAddonArgs args, ComponentResourceOptions options)
        : base("cluster:ClusterAddon", name, options)
    {
        args.Validate();
        var addon = new AddonArgs
        {
            ClusterName = args.ClusterName,
            AddonName = args.AddonName,
            AddonVersion = args.Version,
            // At creation EKS's own wins; later someone's change in the cluster is undone, so that the code is what runs.
            ResolveConflictsOnCreate = "OVERWRITE",
            ResolveConflictsOnUpdate = "OVERWRITE",
        };
        if (args.Configuration is not null)
        {
            addon.ConfigurationValues = args.Configuration;
        }

        var permissions = new List<Resource>();
        if (args.ServiceAccount is not null)
        {
            var role = new Role(ChildName("role"), new RoleArgs
            {
                Description = $"The add-on {args.AddonName}",
                AssumeRolePolicy = PolicyDocument.AssumedByPods(),
            }, Child());
            for (var i = 0; i < args.ManagedPolicyArns.Length; i++)
            {
                permissions.Add(new RolePolicyAttachment(ChildName($"managed-{i}"), new RolePolicyAttachmentArgs
                {
                    Role = role.Name,
                    PolicyArn = args.ManagedPolicyArns[i],
                }, Child()));
            }

            if (!args.Statements.IsEmpty)
            {
                permissions.Add(new RolePolicy(ChildName("policy"), new RolePolicyArgs
                {
                    Role = role.Id,
                    Policy = PolicyDocument.Of(args.Statements),
                }, Child()));
            }

            addon.PodIdentityAssociations = new AddonPodIdentityAssociationArgs { RoleArn = role.Arn, ServiceAccount = args.ServiceAccount };
        }

        _ = new Addon(ChildName("addon"), addon, Child(permissions));
        RegisterOutputs();
    }
}
