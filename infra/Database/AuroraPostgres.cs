using System.Collections.Immutable;
using Hybrid.Infra.Iam;
using Pulumi;
using Pulumi.Aws.CloudWatch;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Iam;
using Pulumi.Aws.Rds;
using Pulumi.Aws.Rds.Inputs;
using Pulumi.Aws.Vpc;
using RdsApi = Pulumi.Aws.Rds;

namespace Hybrid.Infra.Database;

/// <summary>
/// Aurora PostgreSQL Serverless v2: encrypted, TLS only, reachable from the cluster only; its master password is made, kept and rotated by AWS, so that no
/// state holds it.
/// </summary>
public sealed class AuroraPostgres : AreaComponent
{
    public const int DefaultPort = 5432;

    private static readonly ImmutableArray<string> Logs = ["postgresql", "iam-db-auth-error"];

    private readonly AuroraPostgresArgs _args;

    public AuroraPostgres(string name, AuroraPostgresArgs args, ComponentResourceOptions options)
        : base("database:AuroraPostgres", name, options)
    {
        _args = args;
        args.Validate();
        var cluster = Create();
        Instances(cluster);

        Endpoint = cluster.Endpoint;
        ReaderEndpoint = cluster.ReaderEndpoint;
        ClusterIdentifier = cluster.ClusterIdentifier;
        ResourceId = cluster.ClusterResourceId;
        MasterSecretArn = cluster.MasterUserSecrets.Apply(secrets =>
            secrets.FirstOrDefault()?.SecretArn ?? throw new InvalidOperationException("RDS manages no master password"));
        DatabaseName = cluster.DatabaseName;
        MasterUsername = cluster.MasterUsername;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["endpoint"] = Endpoint, ["masterSecretArn"] = MasterSecretArn });
    }

    public Output<string> Endpoint { get; }

    public Output<string> ReaderEndpoint { get; }

    public Output<string> ClusterIdentifier { get; }

    /// <summary>The id that ARNs of IAM database users contain.</summary>
    public Output<string> ResourceId { get; }

    public Output<string> DatabaseName { get; }

    public Output<string> MasterUsername { get; }

    /// <summary>The secret with <c>username</c> and <c>password</c> in Secrets Manager.</summary>
    public Output<string> MasterSecretArn { get; }

    private RdsApi.Cluster Create()
    {
        var subnets = new SubnetGroup(ChildName("subnets"), new SubnetGroupArgs { Description = "Isolated subnets", SubnetIds = _args.SubnetIds }, Child());
        var parameters = new ClusterParameterGroup(ChildName("parameters"), new ClusterParameterGroupArgs
        {
            Family = _args.Family,
            Description = "TLS only, slow and schema statements logged",
            Parameters =
            {
                new ClusterParameterGroupParameterArgs { Name = "rds.force_ssl", Value = "1", ApplyMethod = "pending-reboot" },
                new ClusterParameterGroupParameterArgs { Name = "log_min_duration_statement", Value = "1000", ApplyMethod = "immediate" },
                new ClusterParameterGroupParameterArgs { Name = "log_statement", Value = "ddl", ApplyMethod = "immediate" },
            },
        }, Child());

        // Before the cluster, or RDS makes them without key and end.
        var logs = Logs.Select(log => new LogGroup(ChildName(log), new LogGroupArgs
        {
            Name = $"/aws/rds/cluster/{_args.Identifier}/{log}",
            RetentionInDays = _args.LogRetention,
            KmsKeyId = _args.LogsKeyArn,
        }, Child())).ToArray();

        return new RdsApi.Cluster(ChildName("cluster"), new RdsApi.ClusterArgs
        {
            Engine = RdsApi.EngineType.AuroraPostgresql,
            EngineMode = "provisioned",
            EngineVersion = _args.EngineVersion,
            EngineLifecycleSupport = "open-source-rds-extended-support-disabled",
            ClusterIdentifier = _args.Identifier,
            DatabaseName = _args.DatabaseName,
            Port = DefaultPort,
            MasterUsername = _args.MasterUsername,
            ManageMasterUserPassword = true,
            MasterUserSecretKmsKeyId = _args.KeyArn,
            IamDatabaseAuthenticationEnabled = true,
            StorageEncrypted = true,
            KmsKeyId = _args.KeyArn,
            DbSubnetGroupName = subnets.Name,
            DbClusterParameterGroupName = parameters.Name,
            VpcSecurityGroupIds = { AccessGroup().Id },
            BackupRetentionPeriod = _args.BackupRetention,
            PreferredBackupWindow = "01:00-02:00",
            PreferredMaintenanceWindow = "sun:03:00-sun:04:00",
            CopyTagsToSnapshot = true,
            DeleteAutomatedBackups = !_args.Protect,
            DeletionProtection = _args.Protect,
            SkipFinalSnapshot = !_args.Protect,
            FinalSnapshotIdentifier = $"{_args.Identifier}-final",
            EnabledCloudwatchLogsExports = [.. Logs.Select(log => (Input<string>)log)],
            Serverlessv2ScalingConfiguration = new ClusterServerlessv2ScalingConfigurationArgs { MinCapacity = _args.MinCapacity, MaxCapacity = _args.MaxCapacity },
        }, Stateful(_args.Protect, logs));
    }

    private SecurityGroup AccessGroup()
    {
        var group = new SecurityGroup(ChildName("access"), new SecurityGroupArgs { VpcId = _args.VpcId, Description = "PostgreSQL from the cluster" }, Child());
        _ = new SecurityGroupIngressRule(ChildName("access"), new SecurityGroupIngressRuleArgs
        {
            SecurityGroupId = group.Id,
            Description = "PostgreSQL from nodes and pods",
            IpProtocol = "tcp",
            FromPort = DefaultPort,
            ToPort = DefaultPort,
            ReferencedSecurityGroupId = _args.ClientSecurityGroupId,
        }, Child());
        return group;
    }

    private void Instances(RdsApi.Cluster cluster)
    {
        var monitoring = new Role(ChildName("monitoring"), new RoleArgs
        {
            Description = "Enhanced monitoring of the database",
            AssumeRolePolicy = PolicyDocument.AssumedBy("monitoring.rds.amazonaws.com", new Condition("StringEquals", "aws:SourceAccount", _args.AccountId)),
        }, Child());
        var attachment = new RolePolicyAttachment(ChildName("monitoring"), new RolePolicyAttachmentArgs
        {
            Role = monitoring.Name,
            PolicyArn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
        }, Child());
        for (var i = 1; i <= _args.Instances; i++)
        {
            _ = new ClusterInstance(ChildName($"{i}"), new ClusterInstanceArgs
            {
                ClusterIdentifier = cluster.Id,
                Engine = RdsApi.EngineType.AuroraPostgresql,
                EngineVersion = cluster.EngineVersion,
                InstanceClass = "db.serverless",
                PubliclyAccessible = false,
                AutoMinorVersionUpgrade = true,
                CopyTagsToSnapshot = true,
                // Readers of tier 0 and 1 scale with the writer, and are warm when they take over.
                PromotionTier = i is 1 ? 0 : 1,
                MonitoringInterval = 60,
                MonitoringRoleArn = monitoring.Arn,
                PerformanceInsightsEnabled = true,
                PerformanceInsightsKmsKeyId = _args.KeyArn,
                PerformanceInsightsRetentionPeriod = 7,
                CaCertIdentifier = "rds-ca-ecc384-g1",
            }, Stateful(_args.Protect, attachment));
        }
    }
}
