using System.Collections.Immutable;
using Gateway.Settings;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Gateway;

/// <summary>
/// The environment of one role's pods, built from the settings contract that the process reads it by: a name or value that the process would refuse is
/// refused here, before anything is deployed. What is known only at deployment is checked by name.
/// </summary>
public sealed class PodSettings
{
    /// <summary>Where the chart mounts a Secret, by the Secret's name.</summary>
    public const string SecretsRoot = "/etc/secrets";

    private readonly ImmutableSortedDictionary<string, Input<string>> _values;

    private PodSettings(ImmutableSortedDictionary<string, Input<string>> values) => _values = values;

    /// <summary>What every control plane has.</summary>
    public static PodSettings ControlPlane(Input<string> trustDomain) => Common(SettingsContract.ControlPlaneRole, SettingsContract.Postgres, trustDomain)
        .With(SettingNames.KeyringFile, PodSecrets.KeyFilePath)
        .With(SettingNames.AdminListen, "0.0.0.0:8001")
        .With(SettingNames.ClusterListen, "0.0.0.0:8005")
        .With(SettingNames.ClusterTelemetryListen, "0.0.0.0:8006");

    /// <summary>What every data plane has.</summary>
    public static PodSettings DataPlane(Input<string> trustDomain, Input<string> controlPlane, Input<string> telemetry) =>
        Common(SettingsContract.DataPlaneRole, SettingsContract.Off, trustDomain)
            .With(SettingNames.ClusterControlPlane, controlPlane)
            .With(SettingNames.ClusterTelemetryEndpoint, telemetry)
            .With(SettingNames.ClusterCacheDir, "/var/lib/gateway/cache")
            .With(SettingNames.ClusterCacheKeyFile, PodSecrets.KeyFilePath);

    public PodSettings With(string name, Input<string> value) => new(_values.SetItem(name, value));

    public PodSettings WithSecretFile(string name, string file) => With(name + SettingsEnvironment.FileSuffix, file);

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>The chart's <c>env</c>: names in lower case, without the prefix.</summary>
    /// <param name="field">How the settings are called in an error.</param>
    internal async Task<ImmutableSortedDictionary<string, Input<string>>> ValidatedAsync(string field)
    {
        var known = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in _values)
        {
            var output = value.ToOutput();
            var isKnown = await Pulumi.Utilities.OutputUtilities.GetIsKnownAsync(output);
            if (name.EndsWith(SettingsEnvironment.FileSuffix, StringComparison.Ordinal) && SettingsContract.Find(name) is null)
            {
                // The file is the pod's: the setting counts as given.
                known.Add(name[..^SettingsEnvironment.FileSuffix.Length], null);
            }
            else
            {
                known.Add(name, isKnown ? await Pulumi.Utilities.OutputUtilities.GetValueAsync(output) : null);
            }
        }

        var errors = SettingsEnvironment.Validate(known);
        Check.That(errors.Count is 0, field, string.Join("; ", errors), "what the settings contract says");
        return _values.ToImmutableSortedDictionary(setting => setting.Key.ToLowerInvariant(), setting => setting.Value, StringComparer.Ordinal);
    }

    /// <summary>The same as one output, for a chart's values.</summary>
    internal Output<ImmutableDictionary<string, string>> Values(string field) => Output.Create(ValidatedAsync(field)).Apply(values =>
    {
        var names = values.Keys.ToImmutableArray();
        return Output.All(values.Values).Apply(texts => names.Zip(texts).ToImmutableDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
    });

    private static PodSettings Common(string role, string database, Input<string> trustDomain) =>
        new PodSettings(ImmutableSortedDictionary.Create<string, Input<string>>(StringComparer.Ordinal))
            .With(SettingNames.Role, role)
            .With(SettingNames.Database, database)
            .With(SettingNames.StatusListen, "0.0.0.0:8100")
            .With(SettingNames.LogFormat, "json")
            .With(SettingNames.ClusterTrustDomain, trustDomain)
            .With(SettingNames.ClusterCert, PodSecrets.CertificatePath("tls.crt"))
            .With(SettingNames.ClusterCertKey, PodSecrets.CertificatePath("tls.key"))
            .With(SettingNames.ClusterCaCert, PodSecrets.CertificatePath("ca.crt"));
}
