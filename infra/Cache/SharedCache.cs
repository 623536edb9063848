using Pulumi;
using Pulumi.Aws.CloudWatch;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.ElastiCache;
using Pulumi.Aws.ElastiCache.Inputs;
using Pulumi.Aws.Vpc;

namespace Hybrid.Infra.Cache;

/// <summary>Valkey for the data planes' shared counters and response cache: TLS only, one user, which signs in by IAM.</summary>
public sealed class SharedCache : AreaComponent
{
    public const int Port = 6379;

    public SharedCache(string name, SharedCacheArgs args, ComponentResourceOptions options)
        : base("cache:SharedCache", name, options)
    {
        args.Validate();
        var group = new SecurityGroup(ChildName("access"), new SecurityGroupArgs { VpcId = args.VpcId, Description = "Valkey from the cluster" }, Child());
        _ = new SecurityGroupIngressRule(ChildName("access"), new SecurityGroupIngressRuleArgs
        {
            SecurityGroupId = group.Id,
            Description = "Valkey from nodes and pods",
            IpProtocol = "tcp",
            FromPort = Port,
            ToPort = Port,
            ReferencedSecurityGroupId = args.ClientSecurityGroupId,
        }, Child());

        // IAM wants the id and the name of a user to be the same.
        var userName = $"{args.GroupId}-gateway";
        var user = new User(ChildName("user"), new UserArgs
        {
            Engine = "valkey",
            UserId = userName,
            UserName = userName,
            AccessString = "on ~* &* +@all -@admin -@dangerous",
            AuthenticationMode = new UserAuthenticationModeArgs { Type = "iam" },
        }, Child());
        var users = new UserGroup(ChildName("users"), new UserGroupArgs
        {
            Engine = "valkey",
            UserGroupId = $"{args.GroupId}-users",
            UserIds = { user.UserId },
        }, Child());
        var subnets = new SubnetGroup(ChildName("subnets"), new SubnetGroupArgs { Description = "Isolated subnets", SubnetIds = args.SubnetIds }, Child());
        var logs = new LogGroup(ChildName("logs"), new LogGroupArgs
        {
            Name = $"/aws/elasticache/{args.GroupId}",
            RetentionInDays = args.LogRetention,
            KmsKeyId = args.LogsKeyArn,
        }, Child());

        var cache = new ReplicationGroup(ChildName("group"), new ReplicationGroupArgs
        {
            ReplicationGroupId = args.GroupId,
            Description = "Shared counters and cached responses",
            Engine = "valkey",
            EngineVersion = args.EngineVersion,
            NodeType = args.NodeType,
            Port = Port,
            ClusterMode = "enabled",
            ParameterGroupName = $"default.valkey{args.EngineVersion.Split('.')[0]}.cluster.on",
            NumNodeGroups = args.Shards,
            ReplicasPerNodeGroup = args.ReplicasPerShard,
            // A cluster always fails over by itself; a second zone needs a replica.
            AutomaticFailoverEnabled = true,
            MultiAzEnabled = args.ReplicasPerShard > 0,
            AtRestEncryptionEnabled = true,
            KmsKeyId = args.KeyArn,
            TransitEncryptionEnabled = true,
            TransitEncryptionMode = "required",
            UserGroupIds = users.UserGroupId,
            SubnetGroupName = subnets.Name,
            SecurityGroupIds = { group.Id, args.SiteSecurityGroupId },
            SnapshotRetentionLimit = args.SnapshotRetention,
            SnapshotWindow = "02:00-03:00",
            MaintenanceWindow = "sun:04:00-sun:05:00",
            AutoMinorVersionUpgrade = true,
            LogDeliveryConfigurations =
            {
                new ReplicationGroupLogDeliveryConfigurationArgs { Destination = logs.Name, DestinationType = "cloudwatch-logs", LogFormat = "json", LogType = "slow-log" },
                new ReplicationGroupLogDeliveryConfigurationArgs { Destination = logs.Name, DestinationType = "cloudwatch-logs", LogFormat = "json", LogType = "engine-log" },
            },
        }, Stateful(args.Protect));

        Endpoint = cache.ConfigurationEndpointAddress;
        GroupId = cache.ReplicationGroupId;
        GroupArn = cache.Arn;
        UserName = Output.Create(userName);
        UserArn = user.Arn;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["endpoint"] = Endpoint, ["userName"] = UserName });
    }

    public Output<string> Endpoint { get; }

    public Output<string> GroupId { get; }

    public Output<string> GroupArn { get; }

    public Output<string> UserName { get; }

    public Output<string> UserArn { get; }
}
