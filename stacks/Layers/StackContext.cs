using Hybrid.Infra.Gateway;
using Hybrid.Stacks.Configuration;
using Hybrid.Stacks.References;
using Pulumi;
using Pulumi.Aws.Inputs;
using AwsProvider = Pulumi.Aws.Provider;
using KubernetesProvider = Pulumi.Kubernetes.Provider;

namespace Hybrid.Stacks.Layers;

/// <summary>What every layer needs: its configuration, its providers, and the layers below.</summary>
internal sealed class StackContext
{
    private readonly Lazy<AwsProvider> _aws;

    public StackContext(string stack, Config config, string repository)
    {
        Configuration = new StackConfiguration(stack, config);
        Environment = EnvironmentConfig.Read(Configuration);
        Repository = repository;
        _aws = new Lazy<AwsProvider>(CreateAws);
    }

    public StackConfiguration Configuration { get; }

    public EnvironmentConfig Environment { get; }

    /// <summary>The folder of <c>Pulumi.yaml</c>.</summary>
    public string Repository { get; }

    public AwsProvider Aws => _aws.Value;

    public ChartReference Chart => ChartReference.In(Repository);

    /// <summary>A stack of the same environment, one layer below.</summary>
    public static string StackNameOf(LayerKind layer, string environment) =>
        $"{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(layer.ToString())}.{environment}";

    public ComponentResourceOptions InAws() => new() { Provider = Aws };

    public ComponentResourceOptions In(KubernetesProvider cluster) => new() { Providers = { Aws, cluster } };

    public T Reference<T>(LayerKind layer)
        where T : class
    {
        var stack = StackNameOf(layer, Environment.Environment);
        var reference = new StackReference($"{Deployment.Instance.OrganizationName}/{Deployment.Instance.ProjectName}/{stack}");
        return OutputContract.Read<T>(reference, Configuration.Stack, stack);
    }

    public KubernetesProvider Eks(PlatformOutputs platform) => new("eks", new Pulumi.Kubernetes.ProviderArgs
    {
        KubeConfig = Output.Tuple(platform.ClusterName, platform.ClusterEndpoint, platform.ClusterCertificateAuthority)
            .Apply(cluster => KubeConfigs.ForEks(cluster.Item1, cluster.Item2, cluster.Item3, Environment.Region)),
        // Without it a changed kubeconfig would look like another cluster, and replace everything on it.
        ClusterIdentifier = platform.ClusterArn,
    });

    private AwsProvider CreateAws() => new("aws", new Pulumi.Aws.ProviderArgs
    {
        Region = Environment.Region,
        AllowedAccountIds = { Environment.AccountId },
        DefaultTags = new ProviderDefaultTagsArgs
        {
            Tags = new InputMap<string>
            {
                ["project"] = Deployment.Instance.ProjectName,
                ["stack"] = Configuration.Stack,
                ["environment"] = Environment.Environment,
                ["owner"] = Environment.Owner,
                ["managed-by"] = "pulumi",
            },
        },
    });
}
