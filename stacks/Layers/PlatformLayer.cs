using Hybrid.Infra.Cache;
using Hybrid.Infra.Cluster;
using Hybrid.Infra.Database;
using Hybrid.Infra.Identity;
using Hybrid.Infra.Monitoring;
using Hybrid.Infra.Network;
using Hybrid.Infra.Search;
using Hybrid.Stacks.Configuration;
using Hybrid.Stacks.References;
using Pulumi;

namespace Hybrid.Stacks.Layers;

/// <summary>What the planes run on and with: the cluster, the database, identity, the shared cache, the search domain.</summary>
internal sealed class PlatformLayer(StackContext context)
{
    private readonly EnvironmentConfig _environment = context.Environment;
    private readonly StackConfiguration _configuration = context.Configuration;
    private readonly int _logRetention = context.Configuration.Number("logRetention", 365);

    public PlatformOutputs Create()
    {
        var foundation = context.Reference<FoundationOutputs>(LayerKind.Foundation);
        var cluster = Cluster(foundation);
        var sites = new SiteAccess("sites", foundation.VpcId, foundation.VpnCidrs, [(SharedCache.Port, "Valkey"), (443, "OpenSearch")], context.InAws());
        var database = Database(foundation, cluster);
        var identity = Identity();
        var cache = Cache(foundation, cluster, sites);
        var search = Search(foundation, cluster, sites);

        var alarms = Alarms(foundation, database);

        return new PlatformOutputs
        {
            ClusterName = cluster.ClusterName,
            ClusterArn = cluster.Arn,
            ClusterEndpoint = cluster.Endpoint,
            LoadBalancerClass = Output.Create(cluster.LoadBalancerClass),
            ClusterCertificateAuthority = cluster.CertificateAuthority,
            DatabaseEndpoint = database.Endpoint,
            DatabaseName = database.DatabaseName,
            DatabaseUser = database.MasterUsername,
            DatabaseResourceId = database.ResourceId,
            DatabaseSecretArn = database.MasterSecretArn,
            OidcIssuer = identity.Issuer,
            OidcSignInDomain = identity.SignInDomain,
            OidcClientId = identity.WebClientId,
            OidcClientSecret = identity.WebClientSecret,
            MachineClientId = identity.MachineClientId,
            MachineClientSecret = identity.MachineClientSecret,
            ConsoleClientId = identity.ConsoleClientId,
            ConsoleClientSecret = identity.ConsoleClientSecret,
            CacheEndpoint = cache.Endpoint,
            CacheUser = cache.UserName,
            CacheArn = cache.GroupArn,
            CacheUserArn = cache.UserArn,
            SearchEndpoint = search.Endpoint,
            SearchArn = search.DomainArn,
            SearchAdminRoleArn = search.AdminRoleArn,
            AlarmTopicArn = alarms.TopicArn,
        };
    }

    private PlatformAlarms Alarms(FoundationOutputs foundation, AuroraPostgres database)
    {
        var cache = _configuration.Object<CacheConfig>("cache");
        return _configuration.From("alarms", () => new PlatformAlarms($"{_environment.Prefix}-alarms", new PlatformAlarmsArgs
        {
            Subscriptions = _configuration.IsSet("alarms") ? _configuration.Object<AlarmsConfig>("alarms").Subscriptions : [],
            AccountId = _environment.AccountId,
            Region = _environment.Region,
            KeyArn = foundation.AlarmsKeyArn,
            DatabaseClusterIdentifier = database.ClusterIdentifier,
            CacheGroupId = _environment.Prefix,
            CacheShards = cache.Shards,
            CacheNodesPerShard = cache.ReplicasPerShard + 1,
            SearchDomainName = $"{_environment.Prefix}-logs",
            SearchVolumeSize = _configuration.Object<SearchConfig>("search").VolumeSize,
        }, context.InAws()));
    }

    private EksCluster Cluster(FoundationOutputs foundation)
    {
        var config = _configuration.Object<ClusterConfig>("cluster");
        return _configuration.From("cluster", () => new EksCluster("eks", new EksClusterArgs
        {
            ClusterName = _environment.Prefix,
            Version = config.Version,
            VpcId = foundation.VpcId,
            SubnetIds = foundation.PrivateSubnetIds,
            SecretsKeyArn = foundation.ClusterKeyArn,
            NodesKeyArn = foundation.NodesKeyArn,
            LogsKeyArn = foundation.LogsKeyArn,
            PublicAccessCidrs = config.PublicAccessCidrs,
            ServiceCidr = config.ServiceCidr,
            Access = config.Access,
            Compute = config.Compute,
            NodeGroups = config.NodeGroups,
            Addons = config.Addons,
            DnsZoneArn = foundation.ZoneArn,
            Domain = foundation.Domain,
            LogRetention = _logRetention,
            Protect = _environment.Protect,
        }, context.InAws()));
    }

    private AuroraPostgres Database(FoundationOutputs foundation, EksCluster cluster)
    {
        var config = _configuration.Object<DatabaseConfig>("database");
        return _configuration.From("database", () => new AuroraPostgres("database", new AuroraPostgresArgs
        {
            AccountId = _environment.AccountId,
            Identifier = _environment.Prefix,
            LogsKeyArn = foundation.LogsKeyArn,
            LogRetention = _logRetention,
            VpcId = foundation.VpcId,
            SubnetIds = foundation.IsolatedSubnetIds,
            ClientSecurityGroupId = cluster.SecurityGroupId,
            KeyArn = foundation.DatabaseKeyArn,
            EngineVersion = config.EngineVersion,
            MinCapacity = config.MinCapacity,
            MaxCapacity = config.MaxCapacity,
            Instances = config.Instances,
            BackupRetention = config.BackupRetention,
            Protect = _environment.Protect,
        }, context.InAws()));
    }

    private UserDirectory Identity()
    {
        var config = _configuration.Object<IdentityConfig>("identity");
        return _configuration.From("identity", () => new UserDirectory("identity", new UserDirectoryArgs
        {
            Region = _environment.Region,
            DomainPrefix = config.DomainPrefix,
            ApiIdentifier = config.ApiIdentifier,
            Scopes = config.Scopes,
            CallbackUrls = config.CallbackUrls,
            LogoutUrls = config.LogoutUrls,
            ConsoleUrl = config.ConsoleUrl,
            ThreatProtection = config.ThreatProtection,
            Protect = _environment.Protect,
        }, context.InAws()));
    }

    private SharedCache Cache(FoundationOutputs foundation, EksCluster cluster, SiteAccess sites)
    {
        var config = _configuration.Object<CacheConfig>("cache");
        return _configuration.From("cache", () => new SharedCache("cache", new SharedCacheArgs
        {
            GroupId = _environment.Prefix,
            VpcId = foundation.VpcId,
            SubnetIds = foundation.IsolatedSubnetIds,
            ClientSecurityGroupId = cluster.SecurityGroupId,
            SiteSecurityGroupId = sites.SecurityGroupId,
            KeyArn = foundation.CacheKeyArn,
            LogsKeyArn = foundation.LogsKeyArn,
            NodeType = config.NodeType,
            Shards = config.Shards,
            ReplicasPerShard = config.ReplicasPerShard,
            SnapshotRetention = config.SnapshotRetention,
            LogRetention = _logRetention,
            Protect = _environment.Protect,
        }, context.InAws()));
    }

    private RequestLogSearch Search(FoundationOutputs foundation, EksCluster cluster, SiteAccess sites)
    {
        var config = _configuration.Object<SearchConfig>("search");
        return _configuration.From("search", () => new RequestLogSearch("search", new RequestLogSearchArgs
        {
            AccountId = _environment.AccountId,
            Region = _environment.Region,
            DomainName = $"{_environment.Prefix}-logs",
            VpcId = foundation.VpcId,
            SubnetIds = foundation.IsolatedSubnetIds.Apply(subnets => subnets[..Math.Min(config.Zones, subnets.Length)]),
            ClientSecurityGroupId = cluster.SecurityGroupId,
            SiteSecurityGroupId = sites.SecurityGroupId,
            KeyArn = foundation.SearchKeyArn,
            LogsKeyArn = foundation.LogsKeyArn,
            InstanceType = config.InstanceType,
            Instances = config.Instances,
            Zones = config.Zones,
            ManagerType = config.ManagerType,
            VolumeSize = config.VolumeSize,
            CreateServiceLinkedRole = config.CreateServiceLinkedRole,
            LogRetention = _logRetention,
            Protect = _environment.Protect,
        }, context.InAws()));
    }
}
