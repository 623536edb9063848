using System.Collections.Immutable;
using Hybrid.Infra.Iam;
using Pulumi;
using Pulumi.Aws.CloudWatch;
using Pulumi.Aws.Ec2;
using Pulumi.Aws.Iam;
using Pulumi.Aws.OpenSearch;
using Pulumi.Aws.OpenSearch.Inputs;
using Pulumi.Aws.Vpc;

namespace Hybrid.Infra.Search;

/// <summary>The OpenSearch domain for request logs: in the VPC, encrypted, requests signed by IAM, rights by role inside the domain.</summary>
public sealed class RequestLogSearch : AreaComponent
{
    private static readonly ImmutableArray<(string Suffix, string Type)> Logs =
    [
        ("audit", "AUDIT_LOGS"),
        ("application", "ES_APPLICATION_LOGS"),
        ("slow-index", "INDEX_SLOW_LOGS"),
        ("slow-search", "SEARCH_SLOW_LOGS"),
    ];

    private readonly RequestLogSearchArgs _args;

    public RequestLogSearch(string name, RequestLogSearchArgs args, ComponentResourceOptions options)
        : base("search:RequestLogSearch", name, options)
    {
        _args = args;
        args.Validate();
        var admin = new Role(ChildName("admin"), new RoleArgs
        {
            Description = "Administers the search domain's roles and policies",
            AssumeRolePolicy = PolicyDocument.Of(
                new Statement
                {
                    Sid = "AccountAssumes",
                    Actions = ["sts:AssumeRole"],
                    Principal = Statement.Account(args.AccountId),
                    Conditions = [new("Bool", "aws:MultiFactorAuthPresent", "true")],
                },
                // The job that sets up what is inside of the domain.
                PolicyDocument.ByPods),
        }, Child());
        _ = new RolePolicy(ChildName("admin"), new RolePolicyArgs
        {
            Role = admin.Id,
            Policy = PolicyDocument.Of(new Statement
            {
                Sid = "AdministerDomain",
                Actions = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"],
                Resources = [$"arn:aws:es:{args.Region}:{args.AccountId}:domain/{args.DomainName}/*"],
            }),
        }, Child());
        var domain = Create(admin);

        Endpoint = domain.Endpoint;
        DomainArn = domain.Arn;
        AdminRoleArn = admin.Arn;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["endpoint"] = Endpoint, ["domainArn"] = DomainArn });
    }

    /// <summary>The host, without a scheme.</summary>
    public Output<string> Endpoint { get; }

    public Output<string> DomainArn { get; }

    public Output<string> AdminRoleArn { get; }

    private Domain Create(Role admin)
    {
        var before = new List<Resource>();
        if (_args.CreateServiceLinkedRole)
        {
            before.Add(new ServiceLinkedRole(ChildName("service"), new ServiceLinkedRoleArgs { AwsServiceName = "opensearchservice.amazonaws.com" }, Child()));
        }

        var logs = Logs.Select(log => (log.Type, Group: new LogGroup(ChildName(log.Suffix), new LogGroupArgs
        {
            Name = $"/aws/opensearch/{_args.DomainName}/{log.Suffix}",
            RetentionInDays = _args.LogRetention,
            KmsKeyId = _args.LogsKeyArn,
        }, Child()))).ToArray();
        before.Add(LetTheServiceLog([.. logs.Select(log => log.Group)]));

        return new Domain(ChildName("domain"), new DomainArgs
        {
            DomainName = _args.DomainName,
            EngineVersion = $"OpenSearch_{_args.EngineVersion}",
            ClusterConfig = ClusterConfig(),
            EbsOptions = new DomainEbsOptionsArgs { EbsEnabled = true, VolumeType = "gp3", VolumeSize = _args.VolumeSize },
            EncryptAtRest = new DomainEncryptAtRestArgs { Enabled = true, KmsKeyId = _args.KeyArn },
            NodeToNodeEncryption = new DomainNodeToNodeEncryptionArgs { Enabled = true },
            DomainEndpointOptions = new DomainDomainEndpointOptionsArgs { EnforceHttps = true, TlsSecurityPolicy = "Policy-Min-TLS-1-2-PFS-2023-10" },
            AdvancedSecurityOptions = new DomainAdvancedSecurityOptionsArgs
            {
                Enabled = true,
                AnonymousAuthEnabled = false,
                InternalUserDatabaseEnabled = false,
                MasterUserOptions = new DomainAdvancedSecurityOptionsMasterUserOptionsArgs { MasterUserArn = admin.Arn },
            },
            AccessPolicies = PolicyDocument.Of(new Statement
            {
                Sid = "SignedRequestsOfThisAccount",
                Actions = ["es:ESHttp*"],
                Principal = Statement.Account(_args.AccountId),
                Resources = [$"arn:aws:es:{_args.Region}:{_args.AccountId}:domain/{_args.DomainName}/*"],
            }),
            VpcOptions = new DomainVpcOptionsArgs { SubnetIds = _args.SubnetIds, SecurityGroupIds = { AccessGroup().Id, _args.SiteSecurityGroupId } },
            LogPublishingOptions =
            [
                .. logs.Select(log => (Input<DomainLogPublishingOptionArgs>)new DomainLogPublishingOptionArgs
                {
                    LogType = log.Type,
                    CloudwatchLogGroupArn = log.Group.Arn,
                    Enabled = true,
                }),
            ],
            SoftwareUpdateOptions = new DomainSoftwareUpdateOptionsArgs { AutoSoftwareUpdateEnabled = true },
            OffPeakWindowOptions = new DomainOffPeakWindowOptionsArgs { Enabled = true },
        }, Stateful(_args.Protect, before));
    }

    private DomainClusterConfigArgs ClusterConfig()
    {
        var config = new DomainClusterConfigArgs
        {
            InstanceType = _args.InstanceType,
            InstanceCount = _args.Instances,
            ZoneAwarenessEnabled = _args.Zones > 1,
            DedicatedMasterEnabled = _args.ManagerType is not null,
        };
        if (_args.Zones > 1)
        {
            config.ZoneAwarenessConfig = new DomainClusterConfigZoneAwarenessConfigArgs { AvailabilityZoneCount = _args.Zones };
        }

        if (_args.ManagerType is not null)
        {
            config.DedicatedMasterType = _args.ManagerType;
            config.DedicatedMasterCount = 3;
        }

        return config;
    }

    private SecurityGroup AccessGroup()
    {
        var group = new SecurityGroup(ChildName("access"), new SecurityGroupArgs { VpcId = _args.VpcId, Description = "OpenSearch from the cluster" }, Child());
        _ = new SecurityGroupIngressRule(ChildName("access"), new SecurityGroupIngressRuleArgs
        {
            SecurityGroupId = group.Id,
            Description = "HTTPS from nodes and pods",
            IpProtocol = "tcp",
            FromPort = 443,
            ToPort = 443,
            ReferencedSecurityGroupId = _args.ClientSecurityGroupId,
        }, Child());
        return group;
    }

    private LogResourcePolicy LetTheServiceLog(ImmutableArray<LogGroup> groups) => new(ChildName("logs"), new LogResourcePolicyArgs
    {
        PolicyName = ChildName("logs"),
        PolicyDocument = PolicyDocument.Of(new Statement
        {
            Sid = "OpenSearchLogs",
            Actions = ["logs:CreateLogStream", "logs:PutLogEvents"],
            Principal = Statement.Service("es.amazonaws.com"),
            Resources = [.. groups.Select(group => (Input<string>)Output.Format($"{group.Arn}:*"))],
            Conditions =
            [
                new("StringEquals", "aws:SourceAccount", _args.AccountId),
                new("ArnLike", "aws:SourceArn", $"arn:aws:es:{_args.Region}:{_args.AccountId}:domain/{_args.DomainName}"),
            ],
        }),
    }, Child());
}
