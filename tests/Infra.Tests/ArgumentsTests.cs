using System.Collections.Immutable;
using Hybrid.Infra.Anywhere;
using Hybrid.Infra.Cache;
using Hybrid.Infra.Certificates;
using Hybrid.Infra.Cluster;
using Hybrid.Infra.Database;
using Hybrid.Infra.Gateway;
using Hybrid.Infra.Identity;
using Hybrid.Infra.Search;
using Hybrid.Infra.Security;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Tests;

/// <summary>Every component refuses what AWS or Kubernetes would refuse later, and names the field and what is allowed.</summary>
public sealed class ArgumentsTests
{
    private const string Arn = "arn:aws:kms:eu-central-1:111111111111:key/k";

    private static readonly AddonVersions Addons = new()
    {
        VpcCni = "v1.21.1-eksbuild.3",
        KubeProxy = "v1.35.0-eksbuild.2",
        PodIdentityAgent = "v1.3.10-eksbuild.2",
        CoreDns = "v1.13.2-eksbuild.3",
        EbsCsiDriver = "v1.54.0-eksbuild.1",
        MetricsServer = "v0.8.0-eksbuild.6",
        ExternalDns = "v0.20.0-eksbuild.3",
        SecretsStoreCsiDriver = "v2.1.1-eksbuild.1",
    };

    private static readonly NodeGroupSpec Nodes = new() { Name = "general", InstanceTypes = ["m7g.large"], MinSize = 2, MaxSize = 4 };

    private static readonly ClusterAccess Access = new() { RoleArn = "arn:aws:iam::111111111111:role/deployer", Policy = ClusterAccessPolicy.ClusterAdmin };

    private static readonly EksClusterArgs Eks = new()
    {
        ClusterName = "hybrid-dev",
        Version = "1.35",
        VpcId = "vpc-1",
        SubnetIds = ["subnet-1"],
        SecretsKeyArn = Arn,
        NodesKeyArn = Arn,
        LogsKeyArn = Arn,
        Access = [Access],
        NodeGroups = [Nodes],
        Addons = Addons,
        DnsZoneArn = Arn,
        Domain = null!,
    };

    private static readonly AuroraPostgresArgs Database = new()
    {
        AccountId = "111111111111",
        Identifier = "hybrid-dev",
        LogsKeyArn = Arn,
        VpcId = "vpc-1",
        SubnetIds = ["subnet-1"],
        ClientSecurityGroupId = "sg-1",
        KeyArn = Arn,
        EngineVersion = "17.5",
        MinCapacity = 0.5,
        MaxCapacity = 4,
        Instances = 1,
        BackupRetention = 7,
    };

    private static readonly SharedCacheArgs Cache = new()
    {
        GroupId = "hybrid-dev",
        VpcId = "vpc-1",
        SubnetIds = ["subnet-1"],
        ClientSecurityGroupId = "sg-1",
        SiteSecurityGroupId = "sg-2",
        KeyArn = Arn,
        LogsKeyArn = Arn,
        NodeType = "cache.t4g.small",
        Shards = 1,
        ReplicasPerShard = 1,
        SnapshotRetention = 1,
    };

    private static readonly RequestLogSearchArgs Search = new()
    {
        AccountId = "111111111111",
        Region = "eu-central-1",
        DomainName = "hybrid-dev-logs",
        VpcId = "vpc-1",
        SubnetIds = ["subnet-1"],
        ClientSecurityGroupId = "sg-1",
        SiteSecurityGroupId = "sg-2",
        KeyArn = Arn,
        LogsKeyArn = Arn,
        InstanceType = "t3.medium.search",
        Instances = 2,
        Zones = 2,
        VolumeSize = 20,
    };

    private static readonly UserDirectoryArgs Identity = new()
    {
        Region = "eu-central-1",
        DomainPrefix = "hybrid-gateway-dev",
        ApiIdentifier = "https://api.example.com",
        Scopes = ["read"],
        CallbackUrls = ["https://api.example.com/callback"],
        LogoutUrls = ["https://api.example.com/"],
    };

    private static readonly TunnelAuthorityArgs Authority = new() { TrustDomain = "dev.example.com", Generations = [1, 2], ActiveGeneration = 1 };

    private static readonly ImmutableDictionary<string, object> VsphereMachine = Spec("datastore", "folder", "memoryMiB", "numCPUs", "osFamily", "resourcePool");

    private static readonly AnywhereClusterArgs Anywhere = new()
    {
        ClusterName = "hybrid-dev-factory1",
        Version = "1.35",
        EksaVersion = "v0.26.1",
        ManagementCluster = "management",
        Provider = AnywhereProvider.Vsphere,
        ControlPlaneEndpoint = "10.120.4.10",
        Datacenter = Spec("datacenter", "network", "server"),
        ControlPlane = new() { Count = 3, Machine = VsphereMachine },
        WorkerGroups = [new() { Name = "workers", Count = 2, Machine = VsphereMachine }],
    };

    public static TheoryData<string, string, Action> Refusals => new()
    {
        { "version", "1.34, 1.35", (Eks with { Version = "1.29" }).Validate },
        { "clusterName", "at most 40", (Eks with { ClusterName = new string('a', 41) }).Validate },
        { "publicAccessCidrs", "/8 or narrower", (Eks with { PublicAccessCidrs = ["0.0.0.0/0"] }).Validate },
        { "access", "at least one role", (Eks with { Access = [] }).Validate },
        { "access", "each role once", (Eks with { Access = [Access, Access] }).Validate },
        { "access.roleArn", "arn:aws:iam", (Eks with { Access = [Access with { RoleArn = "deployer" }] }).Validate },
        { "access.namespaces", "another policy", (Eks with { Access = [Access with { Namespaces = ["default"] }] }).Validate },
        { "nodeGroups", "at least one", (Eks with { NodeGroups = [] }).Validate },
        { "nodeGroups.general.instanceTypes", "m7i.large", (Eks with { NodeGroups = [Nodes with { InstanceTypes = ["m7g.large", "m7i.large"] }] }).Validate },
        { "nodeGroups.general.maxSize", "2 to 450", (Eks with { NodeGroups = [Nodes with { MaxSize = 1 }] }).Validate },
        { "nodeGroups.general.diskSize", "20 to 16384", (Eks with { NodeGroups = [Nodes with { DiskSize = 8 }] }).Validate },
        { "addons.coreDns", "eksbuild", (Eks with { Addons = Addons with { CoreDns = "latest" } }).Validate },
        { "addons.kubeProxy", "v1.36.x", (Eks with { Version = "1.36" }).Validate },
        { "addons.coreDns", "eksbuild", (Eks with { Addons = Addons with { CoreDns = null } }).Validate },
        { "nodeGroups", "none", (Eks with { Compute = ClusterCompute.Auto }).Validate },
        { "nodeGroups", "at least one", (Eks with { NodeGroups = default }).Validate },
        { "addons.vpcCni", "none", (Eks with { Compute = ClusterCompute.Auto, NodeGroups = [] }).Validate },
        { "logRetention", "365", (Eks with { LogRetention = 100 }).Validate },
        { "engineVersion", "15.x to 17.x", (Database with { EngineVersion = "14.1" }).Validate },
        { "minCapacity", "0.5 to 256", (Database with { MinCapacity = 0 }).Validate },
        { "maxCapacity", "2 to 256", (Database with { MinCapacity = 2, MaxCapacity = 1 }).Validate },
        { "minCapacity, maxCapacity", "0.5, 1, 1.5", (Database with { MinCapacity = 0.7 }).Validate },
        { "backupRetention", "1 to 35", (Database with { BackupRetention = 0 }).Validate },
        { "masterUsername", "another name", (Database with { MasterUsername = "rdsadmin" }).Validate },
        { "groupId", "at most 40", (Cache with { GroupId = new string('a', 41) }).Validate },
        { "replicasPerShard", "0 to 5", (Cache with { ReplicasPerShard = 6 }).Validate },
        { "engineVersion", "8.1", (Cache with { EngineVersion = "6.2" }).Validate },
        { "domainName", "at most 28", (Search with { DomainName = new string('a', 29) }).Validate },
        { "instances", "a multiple of 2", (Search with { Instances = 3 }).Validate },
        { "zones", "1, 2, 3", (Search with { Zones = 4 }).Validate },
        { "instanceType", "r7g.large.search", (Search with { InstanceType = "r7g.large" }).Validate },
        { "domainPrefix", "cognito", (Identity with { DomainPrefix = "my-cognito" }).Validate },
        { "callbackUrls", "https", (Identity with { CallbackUrls = ["http://api.example.com/"] }).Validate },
        { "activeGeneration", "1, 2", (Authority with { ActiveGeneration = 3 }).Validate },
        { "generations", "different numbers", (Authority with { Generations = [1, 1] }).Validate },
        { "leafRenewal", "1 to 89", (Authority with { LeafRenewal = 90 }).Validate },
        { "leafValidity", "2 to 398", (Authority with { LeafValidity = 399 }).Validate },
        { "controlPlane.count", "1, 3, 5", (Anywhere with { ControlPlane = Anywhere.ControlPlane with { Count = 2 } }).Validate },
        { "controlPlane.machine.datastore", "reference for Vsphere", (Anywhere with { ControlPlane = Anywhere.ControlPlane with { Machine = VsphereMachine.Remove("datastore") } }).Validate },
        { "datacenter.server", "reference for Vsphere", (Anywhere with { Datacenter = Spec("datacenter", "network") }).Validate },
        { "eksaVersion", "v0.26", (Anywhere with { EksaVersion = "v0.19.0" }).Validate },
        { "version", "at most 1.34", (Anywhere with { EksaVersion = "v0.24.0" }).Validate },
        { "provider", "before v0.26.0", (Anywhere with { Provider = AnywhereProvider.CloudStack }).Validate },
        { "etcd.count", "3, 5", (Anywhere with { Etcd = new() { Count = 1, Machine = VsphereMachine } }).Validate },
        { "workerGroups", "at least one", (Anywhere with { WorkerGroups = [] }).Validate },
        { "workerGroups", "each once", (Anywhere with { WorkerGroups = [Anywhere.WorkerGroups[0], Anywhere.WorkerGroups[0]] }).Validate },
        { "registryMirror.endpoint", "labels", (Anywhere with { RegistryMirror = new() { Endpoint = "https://mirror" } }).Validate },
        { "controlPlaneEndpoint", "none with docker", (Anywhere with { ControlPlaneEndpoint = null }).Validate },
        { "podCidr", "ranges apart", (Anywhere with { PodCidr = "10.100.0.0/16" }).Validate },
        { "image.tag", "a version", new GatewayImage { Repository = "gateway", Tag = "latest" }.Validate },
        { "image.digest", "64 hexadecimal", new GatewayImage { Repository = "gateway", Tag = "1.0", Digest = "sha256:1" }.Validate },
        { "scaling.maxReplicas", "3 to 1000", new Scaling { MinReplicas = 3, MaxReplicas = 2 }.Validate },
        { "tunnel.allowedCidrs", "openToAll", () => new ServiceExposure { Kind = ExposureKind.Public }.Validate("tunnel") },
        { "tunnel.allowedCidrs", "not both", () => new ServiceExposure { Kind = ExposureKind.Public, OpenToAll = true, AllowedCidrs = ["203.0.113.0/24"] }.Validate("tunnel") },
        { "tunnel.openToAll", "false", () => new ServiceExposure { Kind = ExposureKind.Internal, OpenToAll = true }.Validate("tunnel") },
        { "proxy.nodePort", "30000 to 32767", () => new ServiceExposure { Kind = ExposureKind.NodePort, NodePort = 443 }.Validate("proxy") },
        { "accountId", "twelve digits", new EncryptionKeysArgs { AccountId = "1", Region = "eu-central-1", AliasPrefix = "hybrid" }.Validate },
        { "deletionWindow", "7 to 30", new EncryptionKeysArgs { AccountId = "111111111111", Region = "eu-central-1", AliasPrefix = "hybrid", DeletionWindow = 1 }.Validate },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public void What_cannot_work_is_refused_by_field(string field, string allowed, Action validate)
    {
        var problem = Assert.Throws<InvalidArgumentsException>(validate);
        Assert.Equal(field, problem.Field);
        Assert.Contains(allowed, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_work_is_accepted() => Assert.All(
        new Action[] { Eks.Validate, Database.Validate, Cache.Validate, Search.Validate, Identity.Validate, Authority.Validate, Anywhere.Validate },
        validate => Assert.Null(Record.Exception(validate)));

    private static ImmutableDictionary<string, object> Spec(params IEnumerable<string> fields) => fields.ToImmutableDictionary(field => field, _ => (object)"set", StringComparer.Ordinal);
}
