using Pulumi;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Ec2.Inputs;
using Pulumi.Aws.Eks.Inputs;
using EksApi = Pulumi.Aws.Eks;

namespace Hybrid.Infra.Cluster;

/// <summary>Nodes on Amazon Linux 2023: encrypted gp3 volumes, and instance metadata that no pod can reach (IMDSv2, one hop).</summary>
public sealed class NodeGroup : AreaComponent
{
    public NodeGroup(string name, NodeGroupArgs args, ComponentResourceOptions options)
        : base("cluster:NodeGroup", name, options)
    {
        var spec = args.Spec;
        spec.Validate();
        var template = new LaunchTemplate(ChildName("template"), new LaunchTemplateArgs
        {
            Description = $"Nodes of {spec.Name}",
            EbsOptimized = "true",
            BlockDeviceMappings = new LaunchTemplateBlockDeviceMappingArgs
            {
                DeviceName = "/dev/xvda",
                Ebs = new LaunchTemplateBlockDeviceMappingEbsArgs
                {
                    VolumeType = "gp3",
                    VolumeSize = spec.DiskSize,
                    Encrypted = "true",
                    KmsKeyId = args.VolumeKeyArn,
                    DeleteOnTermination = "true",
                },
            },
            MetadataOptions = new LaunchTemplateMetadataOptionsArgs { HttpEndpoint = "enabled", HttpTokens = "required", HttpPutResponseHopLimit = 1 },
            Monitoring = new LaunchTemplateMonitoringArgs { Enabled = true },
            TagSpecifications =
            {
                new LaunchTemplateTagSpecificationArgs { ResourceType = "instance", Tags = new InputMap<string> { ["Name"] = name } },
                new LaunchTemplateTagSpecificationArgs { ResourceType = "volume", Tags = new InputMap<string> { ["Name"] = name } },
            },
        }, Child());

        var scaled = Child();
        // The cluster's autoscaler moves it between minimum and maximum.
        scaled.IgnoreChanges.Add("scalingConfig.desiredSize");
        var group = new EksApi.NodeGroup(ChildName("nodes"), new EksApi.NodeGroupArgs
        {
            ClusterName = args.ClusterName,
            Version = args.Version,
            NodeRoleArn = args.RoleArn,
            SubnetIds = args.SubnetIds,
            AmiType = spec.Architecture is NodeArchitecture.Arm64 ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD",
            CapacityType = spec.Spot ? "SPOT" : "ON_DEMAND",
            InstanceTypes = [.. spec.InstanceTypes.Select(type => (Input<string>)type)],
            ScalingConfig = new NodeGroupScalingConfigArgs { MinSize = spec.MinSize, MaxSize = spec.MaxSize, DesiredSize = spec.MinSize },
            UpdateConfig = new NodeGroupUpdateConfigArgs { MaxUnavailablePercentage = 33 },
            NodeRepairConfig = new NodeGroupNodeRepairConfigArgs { Enabled = true },
            LaunchTemplate = new NodeGroupLaunchTemplateArgs { Id = template.Id, Version = template.LatestVersion.Apply(version => $"{version}") },
            Labels = new InputMap<string> { ["hybrid/node-group"] = spec.Name },
        }, scaled);

        Arn = group.Arn;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["arn"] = Arn });
    }

    public Output<string> Arn { get; }
}
