using System.Collections.Immutable;
using Hybrid.Infra.Cluster;
using Hybrid.Infra.Iam;
using Pulumi;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;

namespace Hybrid.Infra.Gateway;

/// <summary>The controller that makes Network Load Balancers of services. EKS has no add-on for it, so it is the first release on the cluster.</summary>
public sealed class LoadBalancerController : AreaComponent
{
    private const string Account = "aws-load-balancer-controller";
    private const string Owned = "elbv2.k8s.aws/cluster";

    public LoadBalancerController(string name, LoadBalancerControllerArgs args, ComponentResourceOptions options)
        : base("gateway:LoadBalancerController", name, options)
    {
        args.Validate();
        var role = new WorkloadRole(ChildName("identity"), new WorkloadRoleArgs
        {
            ClusterName = args.ClusterName,
            Namespace = "kube-system",
            ServiceAccounts = [Account],
            Statements = Statements(args),
        }, ChildComponent());
        var release = new Release(ChildName("release"), new ReleaseArgs
        {
            Name = Account,
            Namespace = "kube-system",
            Chart = Account,
            Version = args.ChartVersion,
            RepositoryOpts = new RepositoryOptsArgs { Repo = "https://aws.github.io/eks-charts" },
            Atomic = true,
            CleanupOnFail = true,
            Timeout = 300,
            Values = new InputMap<object>
            {
                ["clusterName"] = args.ClusterName.Apply(value => (object)value),
                ["region"] = args.Region,
                ["vpcId"] = args.VpcId.Apply(value => (object)value),
                ["replicaCount"] = args.Replicas,
                ["enableServiceMutatorWebhook"] = false,
                ["serviceAccount"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["create"] = true, ["name"] = Account },
            },
        }, Child(role));

        ReleaseName = release.Name;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["release"] = ReleaseName });
    }

    public Output<string> ReleaseName { get; }

    /// <summary>
    /// What Network Load Balancers need of the controller's published policy, without its rights on Cognito, WAF, Shield and certificates. It changes and
    /// deletes only what carries the cluster's tag.
    /// </summary>
    private static ImmutableArray<Statement> Statements(LoadBalancerControllerArgs args)
    {
        ImmutableArray<Condition> tagging = [new("StringEquals", $"aws:RequestTag/{Owned}", args.ClusterName)];
        ImmutableArray<Condition> tagged = [new("StringEquals", $"aws:ResourceTag/{Owned}", args.ClusterName)];
        return
        [
            new Statement
            {
                Sid = "Look",
                Actions =
                [
                    "ec2:DescribeAccountAttributes", "ec2:DescribeAddresses", "ec2:DescribeAvailabilityZones", "ec2:DescribeInstances", "ec2:DescribeInternetGateways",
                    "ec2:DescribeNetworkInterfaces", "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeTags", "ec2:DescribeVpcs",
                    "elasticloadbalancing:DescribeListenerAttributes", "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeLoadBalancerAttributes",
                    "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTags",
                    "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
                ],
                Resources = ["*"],
            },
            new Statement
            {
                Sid = "ServiceRole",
                Actions = ["iam:CreateServiceLinkedRole"],
                Resources = ["arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"],
                Conditions = [new("StringEquals", "iam:AWSServiceName", "elasticloadbalancing.amazonaws.com")],
            },
            new Statement
            {
                Sid = "Create",
                Actions = ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
                Resources = ["*"],
                Conditions = tagging,
            },
            new Statement
            {
                Sid = "CreateGroup",
                Actions = ["ec2:CreateSecurityGroup"],
                Resources = [$"arn:aws:ec2:{args.Region}:*:security-group/*"],
                Conditions = tagging,
            },
            new Statement
            {
                Sid = "CreateGroupInVpc",
                Actions = ["ec2:CreateSecurityGroup"],
                Resources = [Output.Format($"arn:aws:ec2:{args.Region}:*:vpc/{args.VpcId}")],
            },
            new Statement
            {
                Sid = "TagNewGroup",
                Actions = ["ec2:CreateTags"],
                Resources = [$"arn:aws:ec2:{args.Region}:*:security-group/*"],
                Conditions = [.. tagging, new("StringEquals", "ec2:CreateAction", "CreateSecurityGroup")],
            },
            new Statement
            {
                Sid = "TagNewBalancer",
                Actions = ["elasticloadbalancing:AddTags"],
                Resources = [$"arn:aws:elasticloadbalancing:{args.Region}:*:*"],
                Conditions = tagging,
            },
            new Statement
            {
                // Node groups and clusters open their own groups to the balancers; those carry no tag of the controller.
                Sid = "OpenGroups",
                Actions = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
                Resources = [$"arn:aws:ec2:{args.Region}:*:security-group/*"],
            },
            new Statement
            {
                Sid = "ChangeGroups",
                Actions = ["ec2:CreateTags", "ec2:DeleteTags", "ec2:DeleteSecurityGroup"],
                Resources = [$"arn:aws:ec2:{args.Region}:*:security-group/*"],
                Conditions = tagged,
            },
            new Statement
            {
                Sid = "ChangeBalancers",
                Actions =
                [
                    "elasticloadbalancing:AddTags", "elasticloadbalancing:CreateListener", "elasticloadbalancing:DeleteListener", "elasticloadbalancing:DeleteLoadBalancer",
                    "elasticloadbalancing:DeleteTargetGroup", "elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:ModifyListener",
                    "elasticloadbalancing:ModifyListenerAttributes", "elasticloadbalancing:ModifyLoadBalancerAttributes", "elasticloadbalancing:ModifyTargetGroup",
                    "elasticloadbalancing:ModifyTargetGroupAttributes", "elasticloadbalancing:RegisterTargets", "elasticloadbalancing:RemoveTags",
                    "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:SetSubnets",
                ],
                Resources = [$"arn:aws:elasticloadbalancing:{args.Region}:*:*"],
                Conditions = tagged,
            },
        ];
    }
}
