using System.Collections.Immutable;
using Gateway.Settings;
using Hybrid.Infra.Certificates;
using Hybrid.Infra.Gateway;
using Pulumi;

namespace Hybrid.Stacks.Layers;

/// <summary>What the control plane's release has in addition where data planes enrol: the listener, its address, and the key that signs for them.</summary>
/// <param name="release">The release's name.</param>
/// <param name="exposure">Null where nobody enrols: then nothing is added.</param>
internal sealed class EnrollmentRelease(string release, ServiceExposure? exposure, TunnelHosts hosts, TunnelAuthority authority)
{
    private const string KeyFile = "tls.key";

    private string SecretName => $"{release}-enrollment-ca";

    public ImmutableDictionary<string, InputMap<string>> Secrets => exposure is null
        ? ImmutableDictionary<string, InputMap<string>>.Empty
        : ImmutableDictionary<string, InputMap<string>>.Empty.Add(SecretName, new InputMap<string> { [KeyFile] = authority.ActiveKey });

    public PodSettings Settings(PodSettings settings) => exposure is null
        ? settings
        : settings
            .With(SettingNames.ClusterEnrollListen, "0.0.0.0:8004")
            .With(SettingNames.ClusterEnrollEndpoint, hosts.EnrollmentEndpoint)
            .With(SettingNames.ClusterCaKey, $"{PodSettings.SecretsRoot}/{SecretName}/{KeyFile}");

    public Dictionary<string, object> Values(Output<string> loadBalancerClass)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        if (exposure is not null)
        {
            exposure.Validate("tunnel.enrollment");
            values["clusterenrollment"] = ServiceValues.Write(exposure, ["TCP-8004"], loadBalancerClass, hosts.Enrollment);
            values["secretVolumes"] = new object[] { SecretName };
        }

        return values;
    }
}
