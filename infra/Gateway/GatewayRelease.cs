using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Hybrid.Infra.Gateway;

/// <summary>One installation of the chart: its secrets and its release, which rolls back by itself when it does not become ready.</summary>
public sealed class GatewayRelease : AreaComponent
{
    private readonly GatewayReleaseArgs _args;

    public GatewayRelease(string name, GatewayReleaseArgs args, ComponentResourceOptions options)
        : base("gateway:GatewayRelease", name, options)
    {
        _args = args;
        args.Validate();
        var certificate = Secret("certificate", args.Secrets.Certificate, "kubernetes.io/tls", new InputMap<string>
        {
            ["tls.crt"] = args.Certificate.Certificate,
            ["tls.key"] = args.Certificate.PrivateKey,
            ["ca.crt"] = args.Certificate.CaBundle,
        });
        var keys = Secret("keys", args.Secrets.Keys, "Opaque", new InputMap<string> { ["keys.json"] = args.KeyFile });
        IEnumerable<Secret> adminToken = args.AdminToken is { } token ? [Secret("admin-token", args.Secrets.AdminToken, "Opaque", new InputMap<string> { ["token"] = token })] : [];
        var others = args.OtherSecrets.Select(secret => Secret(secret.Key, secret.Key, "Opaque", secret.Value));

        var release = new Release(ChildName("release"), new ReleaseArgs
        {
            Name = args.Secrets.Release,
            Namespace = args.Namespace,
            Chart = args.Chart.Path,
            Atomic = true,
            CleanupOnFail = true,
            CreateNamespace = false,
            MaxHistory = 10,
            WaitForJobs = true,
            Timeout = args.Timeout,
            Values = Values(),
        }, Child([certificate, keys, .. adminToken, .. others]));

        ReleaseName = release.Name;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["release"] = ReleaseName });
    }

    public Output<string> ReleaseName { get; }

    private Secret Secret(string suffix, string name, string type, InputMap<string> data) => new(ChildName(suffix), new SecretArgs
    {
        Metadata = new ObjectMetaArgs { Name = name, Namespace = _args.Namespace },
        Type = type,
        StringData = data,
    }, Child());

    private InputMap<object> Values()
    {
        var image = new Dictionary<string, object>(StringComparer.Ordinal) { ["repository"] = _args.Image.Repository, ["tag"] = _args.Image.Tag };
        if (_args.Image.Digest is not null)
        {
            image["digest"] = _args.Image.Digest;
        }

        var scaling = _args.Scaling;
        var values = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["fullnameOverride"] = _args.Secrets.Release,
            ["image"] = image,
            ["env"] = _args.Settings.Values("settings").Apply(settings => (object)settings),
            ["clusterCertificate"] = Map(("secretName", _args.Secrets.Certificate)),
            ["keyring"] = Map(("existingSecret", _args.Secrets.Keys)),
            ["cache"] = Map(("existingKeySecret", _args.Secrets.Keys)),
            ["adminToken"] = Map(("existingSecret", _args.AdminToken is null ? "" : _args.Secrets.AdminToken)),
            ["replicaCount"] = scaling.MinReplicas,
            ["autoscaling"] = Map(
                ("enabled", scaling.MaxReplicas > scaling.MinReplicas),
                ("minReplicas", scaling.MinReplicas),
                ("maxReplicas", scaling.MaxReplicas),
                ("targetCPUUtilizationPercentage", scaling.TargetCpu)),
            ["resources"] = Map(
                ("requests", Map(("cpu", scaling.Cpu), ("memory", scaling.Memory))),
                ("limits", Map(("memory", scaling.Memory)))),
            ["podAnnotations"] = Map(("hybrid/chart", _args.Chart.Digest)),
        };
        foreach (var (key, value) in _args.Values)
        {
            values[key] = value;
        }

        var inputs = new InputMap<object>();
        foreach (var (key, value) in values)
        {
            inputs.Add(key, Input(value));
        }

        return inputs;
    }

    /// <summary>An output at the top of a value is unwrapped by its type, deeper ones by the serialiser.</summary>
    private static Input<object> Input(object value) => value is Output<object> output ? output : value;

    internal static Dictionary<string, object> Map(params IEnumerable<(string Key, object Value)> entries) =>
        entries.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
}
