using System.Globalization;
using Hybrid.Infra.Search;
using Pulumi;
using Pulumi.Aws.Eks;
using Pulumi.Kubernetes.Batch.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Hybrid.Infra.Gateway;

/// <summary>
/// A job that brings the inside of the search domain to what <see cref="RequestLogSetup"/> says, by <c>gateway search-setup</c>: roles and policies live in the domain, which only its VPC
/// reaches, and no AWS API sets them. The job's name holds the file's digest, so that a changed file is another job.
/// </summary>
public sealed class SearchSetup : AreaComponent
{
    private const string FolderPath = "/etc/gateway/search";
    private const string FileName = "setup.json";
    private const int UserId = 1654;

    /// <summary>EKS Pod Identity's agent, on every node.</summary>
    private const string IdentityAgent = "169.254.170.23/32";

    private readonly SearchSetupArgs _args;
    private readonly string _text;
    private readonly string _fullName;

    public SearchSetup(string name, SearchSetupArgs args, ComponentResourceOptions options)
        : base("gateway:SearchSetup", name, options)
    {
        _args = args;
        args.Validate();
        _text = args.Setup.ToJson();
        _fullName = $"{name}-{RequestLogSetup.DigestOf(_text)}";
        var account = new ServiceAccount(ChildName("account"), new ServiceAccountArgs
        {
            Metadata = new ObjectMetaArgs { Name = name, Namespace = args.Namespace, Labels = PodLabels() },
            AutomountServiceAccountToken = false,
        }, Child());
        var identity = new PodIdentityAssociation(ChildName("identity"), new PodIdentityAssociationArgs
        {
            ClusterName = args.ClusterName,
            Namespace = args.Namespace,
            ServiceAccount = name,
            RoleArn = args.AdminRoleArn,
        }, Child());
        var file = new ConfigMap(ChildName("file"), new ConfigMapArgs
        {
            Metadata = Metadata(),
            Immutable = true,
            Data = { [FileName] = _text },
        }, Child());
        var network = new NetworkPolicy(ChildName("network"), new NetworkPolicyArgs
        {
            Metadata = new ObjectMetaArgs { Name = name, Namespace = args.Namespace, Labels = PodLabels() },
            Spec = Network(),
        }, Child());
        var job = new Job(ChildName("job"), new JobArgs { Metadata = Metadata(), Spec = JobSpec() }, Child(account, identity, file, network));
        JobName = job.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["job"] = JobName });
    }

    public Output<string> JobName { get; }

    private static InputMap<string> PodLabels() => new() { ["app.kubernetes.io/name"] = "gateway-search-setup", ["app.kubernetes.io/component"] = "search-setup" };

    private ObjectMetaArgs Metadata() => new() { Name = _fullName, Namespace = _args.Namespace, Labels = PodLabels() };

    private JobSpecArgs JobSpec() => new()
    {
        BackoffLimit = 2,
        // Each try waits for the domain by itself.
        ActiveDeadlineSeconds = (_args.Wait * 3) + 120,
        Template = new PodTemplateSpecArgs
        {
            Metadata = new ObjectMetaArgs { Labels = PodLabels() },
            Spec = new PodSpecArgs
            {
                RestartPolicy = "Never",
                ServiceAccountName = Name,
                // Pod Identity brings a token of its own; Kubernetes' API is not for this pod.
                AutomountServiceAccountToken = false,
                EnableServiceLinks = false,
                SecurityContext = new PodSecurityContextArgs
                {
                    RunAsNonRoot = true,
                    RunAsUser = UserId,
                    RunAsGroup = UserId,
                    FsGroup = UserId,
                    SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" },
                },
                Containers = { Container() },
                Volumes = { new VolumeArgs { Name = "setup", ConfigMap = new ConfigMapVolumeSourceArgs { Name = _fullName } } },
            },
        },
    };

    private ContainerArgs Container() => new()
    {
        Name = "setup",
        Image = _args.Image.Reference,
        Args =
        {
            "search-setup",
            "--endpoint", _args.Endpoint,
            "--region", _args.Region,
            "--file", $"{FolderPath}/{FileName}",
            "--wait", _args.Wait.ToString(CultureInfo.InvariantCulture),
        },
        Resources = new ResourceRequirementsArgs
        {
            Requests = { ["cpu"] = "100m", ["memory"] = "128Mi" },
            Limits = { ["memory"] = "256Mi" },
        },
        SecurityContext = new SecurityContextArgs
        {
            AllowPrivilegeEscalation = false,
            ReadOnlyRootFilesystem = true,
            RunAsNonRoot = true,
            Capabilities = new CapabilitiesArgs { Drop = { "ALL" } },
        },
        VolumeMounts = { new VolumeMountArgs { Name = "setup", MountPath = FolderPath, ReadOnly = true } },
    };

    // Nobody calls the job. It calls the domain, whose addresses are the network's, by its name and with the agent's credentials.
    private NetworkPolicySpecArgs Network() => new()
    {
        PodSelector = new LabelSelectorArgs { MatchLabels = PodLabels() },
        PolicyTypes = { "Ingress", "Egress" },
        Egress =
        {
            To(_args.DomainCidr, 443),
            To(IdentityAgent, 80),
            new NetworkPolicyEgressRuleArgs { Ports = { Port("UDP", 53), Port("TCP", 53) } },
        },
    };

    private static NetworkPolicyEgressRuleArgs To(Input<string> cidr, int port) => new()
    {
        To = { new NetworkPolicyPeerArgs { IpBlock = new IPBlockArgs { Cidr = cidr } } },
        Ports = { Port("TCP", port) },
    };

    private static NetworkPolicyPortArgs Port(string protocol, int port) => new() { Protocol = protocol, Port = port };
}
