using System.Globalization;
using Pulumi;
using Pulumi.Kubernetes.Batch.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Hybrid.Infra.Gateway;

/// <summary>
/// A job that brings what has a tag in the gateway's configuration to what declarative files say, by <c>gateway config sync</c> and the Admin API inside the cluster. The job's name holds
/// the files' digest, so that changed files are another job. It is no hook of the chart: a file that the gateway refuses must not roll the gateway itself back.
/// </summary>
public sealed class ConfigurationSync : AreaComponent
{
    private const string FolderPath = "/etc/gateway/configuration";
    private const string TokenPath = "/etc/gateway/admin-token";
    private const int OwnerAndGroupRead = 0b100_100_000;
    private const int AdminPort = 8001;
    private const int UserId = 1654;
    private const string ComponentLabel = "app.kubernetes.io/component";
    private const string Component = "configuration-sync";

    private readonly ConfigurationSyncArgs _args;

    public ConfigurationSync(string name, ConfigurationSyncArgs args, ComponentResourceOptions options)
        : base("gateway:ConfigurationSync", name, options)
    {
        _args = args;
        args.Validate();
        var files = new ConfigMap(ChildName("files"), new ConfigMapArgs
        {
            Metadata = Metadata(),
            Immutable = true,
            Data = args.Files.Files.ToDictionary(file => file.Key, file => file.Value, StringComparer.Ordinal),
        }, Child());
        var network = new NetworkPolicy(ChildName("network"), new NetworkPolicyArgs
        {
            Metadata = new ObjectMetaArgs { Name = Name, Namespace = args.Namespace, Labels = PodLabels() },
            Spec = Network(),
        }, Child());
        var job = new Job(ChildName("job"), new JobArgs { Metadata = Metadata(), Spec = JobSpec() }, Child(files, network));
        JobName = job.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["job"] = JobName });
    }

    /// <summary>Who may call the Admin API: the chart's value <c>networkPolicy</c>, with the job's pods alone.</summary>
    public static Dictionary<string, object> AdmittingNetworkPolicy => GatewayRelease.Map(
        ("adminFrom", new object[]
        {
            GatewayRelease.Map(("podSelector", GatewayRelease.Map(("matchLabels", GatewayRelease.Map((ComponentLabel, Component)))))),
        }));

    public Output<string> JobName { get; }

    private static InputMap<string> PodLabels() => new() { ["app.kubernetes.io/name"] = "gateway-configuration-sync", [ComponentLabel] = Component };

    private ObjectMetaArgs Metadata() => new() { Name = $"{Name}-{_args.Files.Digest}", Namespace = _args.Namespace, Labels = PodLabels() };

    private JobSpecArgs JobSpec() => new()
    {
        BackoffLimit = 2,
        // Each try waits for the control plane by itself.
        ActiveDeadlineSeconds = (_args.Wait * 3) + 120,
        Template = new PodTemplateSpecArgs
        {
            Metadata = new ObjectMetaArgs { Labels = PodLabels() },
            Spec = new PodSpecArgs
            {
                RestartPolicy = "Never",
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
                Volumes =
                {
                    new VolumeArgs { Name = "configuration", ConfigMap = new ConfigMapVolumeSourceArgs { Name = $"{Name}-{_args.Files.Digest}" } },
                    new VolumeArgs { Name = "admin-token", Secret = new SecretVolumeSourceArgs { SecretName = _args.TokenSecret, DefaultMode = OwnerAndGroupRead } },
                },
            },
        },
    };

    private ContainerArgs Container() => new()
    {
        Name = "sync",
        Image = _args.Image.Reference,
        Args =
        {
            "config", "sync", FolderPath,
            "--admin-url", $"http://{_args.Release}-admin:{AdminPort}",
            "--token-file", $"{TokenPath}/token",
            "--select-tag", _args.SelectTag,
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
        VolumeMounts =
        {
            new VolumeMountArgs { Name = "configuration", MountPath = FolderPath, ReadOnly = true },
            new VolumeMountArgs { Name = "admin-token", MountPath = TokenPath, ReadOnly = true },
        },
    };

    // Nobody calls the job, and it calls the Admin API alone, by its name.
    private NetworkPolicySpecArgs Network() => new()
    {
        PodSelector = new LabelSelectorArgs { MatchLabels = PodLabels() },
        PolicyTypes = { "Ingress", "Egress" },
        Egress =
        {
            new NetworkPolicyEgressRuleArgs
            {
                To = { new NetworkPolicyPeerArgs { PodSelector = new LabelSelectorArgs { MatchLabels = { ["app.kubernetes.io/instance"] = _args.Release, [ComponentLabel] = "control-plane" } } } },
                Ports = { Port("TCP", AdminPort) },
            },
            new NetworkPolicyEgressRuleArgs { Ports = { Port("UDP", 53), Port("TCP", 53) } },
        },
    };

    private static NetworkPolicyPortArgs Port(string protocol, int port) => new() { Protocol = protocol, Port = port };
}
