using Hybrid.Infra.Iam;
using Pulumi;
using Pulumi.Aws.CloudWatch;
using Pulumi.Aws.Eks;
using Pulumi.Aws.Eks.Inputs;
using Pulumi.Aws.Iam;
using EksApi = Pulumi.Aws.Eks;

namespace Hybrid.Infra.Cluster;

/// <summary>An EKS cluster with its nodes and add-ons, and nothing that runs on it.</summary>
public sealed class EksCluster : AreaComponent
{
    /// <summary>Of the AWS Load Balancer Controller.</summary>
    private const string ControllerClass = "service.k8s.aws/nlb";

    /// <summary>Of EKS Auto Mode.</summary>
    private const string AutoModeClass = "eks.amazonaws.com/nlb";

    private readonly EksClusterArgs _args;

    public EksCluster(string name, EksClusterArgs args, ComponentResourceOptions options)
        : base("cluster:EksCluster", name, options)
    {
        _args = args;
        args.Validate();
        var cluster = Create();
        Authorize(cluster);
        WorkloadAddons(cluster, args.Compute is ClusterCompute.Managed ? Nodes(cluster, NetworkAddons(cluster)) : []);

        ClusterName = cluster.Name;
        Endpoint = cluster.Endpoint;
        CertificateAuthority = cluster.CertificateAuthority.Apply(authority => authority.Data ?? throw new InvalidOperationException("EKS gave no certificate authority"));
        SecurityGroupId = cluster.VpcConfig.Apply(vpc => vpc.ClusterSecurityGroupId ?? throw new InvalidOperationException("EKS made no security group"));
        Arn = cluster.Arn;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["clusterName"] = ClusterName, ["endpoint"] = Endpoint });
    }

    public Output<string> ClusterName { get; }

    public Output<string> Endpoint { get; }

    /// <summary>PEM, in Base64.</summary>
    public Output<string> CertificateAuthority { get; }

    /// <summary>The group that nodes and pods carry: what they may reach names it.</summary>
    public Output<string> SecurityGroupId { get; }

    public Output<string> Arn { get; }

    /// <summary>The class that a service of type LoadBalancer names to get a Network Load Balancer.</summary>
    public string LoadBalancerClass => _args.Compute is ClusterCompute.Auto ? AutoModeClass : ControllerClass;

    private EksApi.Cluster Create()
    {
        var (role, policies) = ClusterRole();

        // Before the cluster, or EKS makes it without key and retention.
        var logs = new LogGroup(ChildName("logs"), new LogGroupArgs
        {
            Name = $"/aws/eks/{_args.ClusterName}/cluster",
            RetentionInDays = _args.LogRetention,
            KmsKeyId = _args.LogsKeyArn,
        }, Stateful(_args.Protect));

        var isPublic = !_args.PublicAccessCidrs.IsEmpty;
        var args = new EksApi.ClusterArgs
        {
            Name = _args.ClusterName,
            Version = _args.Version,
            RoleArn = role.Arn,
            DeletionProtection = _args.Protect,
            BootstrapSelfManagedAddons = false,
            EnabledClusterLogTypes = { "api", "audit", "authenticator", "controllerManager", "scheduler" },
            AccessConfig = new ClusterAccessConfigArgs { AuthenticationMode = "API", BootstrapClusterCreatorAdminPermissions = false },
            EncryptionConfig = new ClusterEncryptionConfigArgs
            {
                Provider = new ClusterEncryptionConfigProviderArgs { KeyArn = _args.SecretsKeyArn },
                Resources = { "secrets" },
            },
            VpcConfig = new ClusterVpcConfigArgs
            {
                SubnetIds = _args.SubnetIds,
                EndpointPrivateAccess = true,
                EndpointPublicAccess = isPublic,
                PublicAccessCidrs = [.. _args.PublicAccessCidrs.Select(cidr => (Input<string>)cidr)],
            },
            KubernetesNetworkConfig = new ClusterKubernetesNetworkConfigArgs { IpFamily = "ipv4", ServiceIpv4Cidr = _args.ServiceCidr },
            UpgradePolicy = new ClusterUpgradePolicyArgs { SupportType = "STANDARD" },
            ZonalShiftConfig = new ClusterZonalShiftConfigArgs { Enabled = true },
        };
        if (_args.Compute is ClusterCompute.Auto)
        {
            // EKS takes the three on or off together, and refuses any of them alone (API reference, CreateCluster).
            var nodes = new NodeRole(ChildName("nodes"), ChildComponent());
            args.ComputeConfig = new ClusterComputeConfigArgs { Enabled = true, NodePools = { "general-purpose", "system" }, NodeRoleArn = nodes.Arn };
            args.StorageConfig = new ClusterStorageConfigArgs { BlockStorage = new ClusterStorageConfigBlockStorageArgs { Enabled = true } };
            args.KubernetesNetworkConfig = new ClusterKubernetesNetworkConfigArgs
            {
                IpFamily = "ipv4",
                ServiceIpv4Cidr = _args.ServiceCidr,
                ElasticLoadBalancing = new ClusterKubernetesNetworkConfigElasticLoadBalancingArgs { Enabled = true },
            };
        }

        return new EksApi.Cluster(ChildName("cluster"), args, Stateful(_args.Protect, [.. policies, logs]));
    }

    /// <summary>EKS's own role. Auto Mode makes instances, volumes and load balancers with it, and tags its sessions.</summary>
    private (Role Role, RolePolicyAttachment[] Policies) ClusterRole()
    {
        var isAuto = _args.Compute is ClusterCompute.Auto;
        var role = new Role(ChildName("cluster"), new RoleArgs
        {
            Description = "The control plane of EKS",
            AssumeRolePolicy = isAuto
                ? PolicyDocument.Of(new Statement { Sid = "EksAssumes", Actions = ["sts:AssumeRole", "sts:TagSession"], Principal = Statement.Service("eks.amazonaws.com") })
                : PolicyDocument.AssumedBy("eks.amazonaws.com"),
        }, Child());
        RolePolicyAttachment Attach(string suffix, string policy) => new(
            ChildName(suffix),
            new RolePolicyAttachmentArgs { Role = role.Name, PolicyArn = $"arn:aws:iam::aws:policy/{policy}" },
            Child());

        var cluster = Attach("cluster", "AmazonEKSClusterPolicy");
        return (role, isAuto
            ? [
                cluster,
                Attach("cluster-compute", "AmazonEKSComputePolicy"),
                Attach("cluster-storage", "AmazonEKSBlockStoragePolicy"),
                Attach("cluster-load-balancing", "AmazonEKSLoadBalancingPolicy"),
                Attach("cluster-networking", "AmazonEKSNetworkingPolicy"),
            ]
            : [cluster]);
    }

    private void Authorize(EksApi.Cluster cluster)
    {
        foreach (var access in _args.Access)
        {
            var entry = new AccessEntry(ChildName($"access-{access.RoleName}"), new AccessEntryArgs
            {
                ClusterName = cluster.Name,
                PrincipalArn = access.RoleArn,
                Type = "STANDARD",
            }, Child());
            _ = new AccessPolicyAssociation(ChildName($"access-{access.RoleName}"), new AccessPolicyAssociationArgs
            {
                ClusterName = cluster.Name,
                PrincipalArn = access.RoleArn,
                PolicyArn = $"arn:aws:eks::aws:cluster-access-policy/AmazonEKS{access.Policy}Policy",
                AccessScope = new AccessPolicyAssociationAccessScopeArgs
                {
                    Type = access.Namespaces.IsEmpty ? "cluster" : "namespace",
                    Namespaces = [.. access.Namespaces.Select(value => (Input<string>)value)],
                },
            }, Child(entry));
        }
    }

    /// <summary>What a node needs before it is ready.</summary>
    private ClusterAddon[] NetworkAddons(EksApi.Cluster cluster)
    {
        var agent = new ClusterAddon(ChildName("pod-identity"), new ClusterAddonArgs
        {
            ClusterName = cluster.Name,
            AddonName = "eks-pod-identity-agent",
            Version = _args.Addons.PodIdentityAgent!,
        }, ChildComponent());
        var proxy = new ClusterAddon(ChildName("kube-proxy"), new ClusterAddonArgs
        {
            ClusterName = cluster.Name,
            AddonName = "kube-proxy",
            Version = _args.Addons.KubeProxy!,
        }, ChildComponent());
        var network = new ClusterAddon(ChildName("vpc-cni"), new ClusterAddonArgs
        {
            ClusterName = cluster.Name,
            AddonName = "vpc-cni",
            Version = _args.Addons.VpcCni!,
            // Prefixes: a node holds as many pods as its size allows, not as many as its network cards have addresses.
            Configuration = """{"enableNetworkPolicy":"true","env":{"ENABLE_PREFIX_DELEGATION":"true","WARM_PREFIX_TARGET":"1"}}""",
            ServiceAccount = "aws-node",
            ManagedPolicyArns = ["arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"],
        }, ChildComponent(agent));
        return [agent, proxy, network];
    }

    private NodeGroup[] Nodes(EksApi.Cluster cluster, IEnumerable<Resource> network)
    {
        var role = new NodeRole(ChildName("nodes"), ChildComponent());
        return
        [
            .. _args.NodeGroups.Select(spec => new NodeGroup(ChildName(spec.Name), new NodeGroupArgs
            {
                Spec = spec,
                ClusterName = cluster.Name,
                Version = _args.Version,
                RoleArn = role.Arn,
                SubnetIds = _args.SubnetIds,
                VolumeKeyArn = _args.NodesKeyArn,
            }, ChildComponent([.. network, role]))),
        ];
    }

    private void WorkloadAddons(EksApi.Cluster cluster, NodeGroup[] nodes)
    {
        void Add(string suffix, ClusterAddonArgs addon) => _ = new ClusterAddon(ChildName(suffix), addon, ChildComponent(nodes));

        if (_args.Compute is ClusterCompute.Managed)
        {
            Add("coredns", new ClusterAddonArgs
            {
                ClusterName = cluster.Name,
                AddonName = "coredns",
                Version = _args.Addons.CoreDns!,
                Configuration = """{"autoScaling":{"enabled":true,"minReplicas":2,"maxReplicas":10}}""",
            });
            Add("ebs-csi", new ClusterAddonArgs
            {
                ClusterName = cluster.Name,
                AddonName = "aws-ebs-csi-driver",
                Version = _args.Addons.EbsCsiDriver!,
                Configuration = """{"defaultStorageClass":{"enabled":true}}""",
                ServiceAccount = "ebs-csi-controller-sa",
                ManagedPolicyArns = ["arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"],
                Statements =
                [
                    new Statement
                    {
                        Sid = "EncryptVolumes",
                        Actions = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"],
                        Resources = [_args.NodesKeyArn],
                    },
                ],
            });
        }

        Add("metrics-server", new ClusterAddonArgs { ClusterName = cluster.Name, AddonName = "metrics-server", Version = _args.Addons.MetricsServer });
        Add("external-dns", new ClusterAddonArgs
        {
            ClusterName = cluster.Name,
            AddonName = "external-dns",
            Version = _args.Addons.ExternalDns,
            Configuration = _args.Domain.Apply(domain =>
                $$"""{"domainFilters":["{{domain}}"],"policy":"sync","registry":"txt","txtOwnerId":"{{_args.ClusterName}}","sources":["service"]}"""),
            ServiceAccount = "external-dns",
            Statements =
            [
                new Statement { Sid = "WriteRecords", Actions = ["route53:ChangeResourceRecordSets"], Resources = [_args.DnsZoneArn] },
                new Statement
                {
                    Sid = "ReadRecords",
                    Actions = ["route53:ListResourceRecordSets", "route53:ListTagsForResources"],
                    Resources = ["arn:aws:route53:::hostedzone/*"],
                },
                new Statement
                {
                    Sid = "FindZones",
                    Actions = ["route53:ListHostedZones"],
                    // Listing zones can't be limited to one (Service Authorization Reference, Route 53).
                    Resources = ["*"],
                },
            ],
        });
        Add("secrets-store", new ClusterAddonArgs
        {
            ClusterName = cluster.Name,
            AddonName = "aws-secrets-store-csi-driver-provider",
            Version = _args.Addons.SecretsStoreCsiDriver,
            Configuration = """{"secrets-store-csi-driver":{"enableSecretRotation":true,"rotationPollInterval":"2m"}}""",
        });
    }
}
