using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Hybrid.Infra.Gateway;

/// <summary>
/// A secret of Secrets Manager as files in pods, by the Secrets Store CSI driver: read with the pods' own identity, never in a state, a release's values or a
/// Kubernetes Secret, and fresh after a rotation.
/// </summary>
public sealed class MountedSecret : AreaComponent
{
    private const string MountRoot = "/mnt/secrets";

    private readonly MountedSecretArgs _args;

    public MountedSecret(string name, MountedSecretArgs args, ComponentResourceOptions options)
        : base("gateway:MountedSecret", name, options)
    {
        _args = args;
        _ = new SecretProviderClass(ChildName("class"), new SecretProviderClass.Args
        {
            Metadata = new ObjectMetaArgs { Name = args.ClassName, Namespace = args.Namespace },
            Spec = new InputMap<object>
            {
                ["provider"] = "aws",
                ["parameters"] = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["region"] = args.Region,
                    ["usePodIdentity"] = "true",
                    ["objects"] = args.SecretArn.Apply(Objects),
                },
            },
        }, Child());
        RegisterOutputs();
    }

    /// <summary>The chart's value <c>extraVolumes</c>.</summary>
    public object[] Volumes =>
    [
        GatewayRelease.Map(
            ("name", _args.ClassName),
            ("csi", GatewayRelease.Map(
                ("driver", "secrets-store.csi.k8s.io"),
                ("readOnly", true),
                ("volumeAttributes", GatewayRelease.Map(("secretProviderClass", _args.ClassName)))))),
    ];

    /// <summary>The chart's value <c>extraVolumeMounts</c>.</summary>
    public object[] VolumeMounts => [GatewayRelease.Map(("name", _args.ClassName), ("mountPath", $"{MountRoot}/{_args.ClassName}"), ("readOnly", true))];

    /// <summary>Where pods find a member.</summary>
    public string FileOf(string member) => $"{MountRoot}/{_args.ClassName}/{member}";

    private string Objects(string arn) =>
        $"- objectName: \"{arn}\"\n  jmesPath:\n" + string.Concat(_args.Members.Select(member => $"    - path: {member}\n      objectAlias: {member}\n"));

    private sealed class SecretProviderClass(string name, SecretProviderClass.Args args, CustomResourceOptions options)
        : Pulumi.Kubernetes.ApiExtensions.CustomResource(name, args, options)
    {
        internal sealed class Args() : CustomResourceArgs("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass")
        {
            [Input("spec", required: true)]
            public InputMap<object> Spec { get; set; } = [];
        }
    }
}
