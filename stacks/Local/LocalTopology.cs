using Gateway.Settings;

namespace Hybrid.Stacks.Local;

/// <summary>What runs, and with which settings: a control plane on SQLite, a data plane per site with no database, and the sample's upstream.</summary>
internal sealed class LocalTopology(LocalLayout layout, LocalPorts ports)
{
    public const string ControlPlane = "control-plane";
    public const string Upstream = "upstream";
    public const string TrustDomain = "hybrid.local";

    /// <summary>The data planes, by site, in the order of their ports.</summary>
    public static readonly IReadOnlyList<string> Sites = ["on-prem", "cloud"];

    /// <summary>In the order in which they start.</summary>
    public static readonly IReadOnlyList<string> Names = [Upstream, ControlPlane, .. Sites];

    public LocalPorts Ports => ports;

    public LocalProcess Process(string name) => name switch
    {
        Upstream => new(name, layout.UpstreamProgram, [], UpstreamSettings(), Url(ports.FirstTarget, "/status")),
        ControlPlane => new(name, layout.GatewayProgram, ["run"], ControlPlaneSettings(), Url(ports.ControlPlaneStatus, "/status/ready")),
        _ => new(name, layout.GatewayProgram, ["run"], DataPlaneSettings(name), Url(ports.ProxyStatus(Index(name)), "/status")),
    };

    public static int Index(string site) => Sites.ToList().IndexOf(site);

    public static Uri Url(int port, string path = "") => new($"http://localhost:{port}{path}");

    public static Uri SecureUrl(int port) => new($"https://localhost:{port}");

    private static Dictionary<string, string> Named(params (string Name, string Value)[] settings) =>
        settings.ToDictionary(setting => SettingsEnvironment.EnvironmentName(setting.Name), setting => setting.Value, StringComparer.Ordinal);

    private Dictionary<string, string> UpstreamSettings() => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{ports.FirstTarget};http://127.0.0.1:{ports.SecondTarget}",
    };

    private Dictionary<string, string> ControlPlaneSettings() => Named(
        (SettingNames.Role, "control_plane"),
        (SettingNames.Database, "sqlite"),
        (SettingNames.SqlitePath, layout.Database),
        (SettingNames.KeyringFile, layout.Keyring),
        (SettingNames.AdminListen, Loopback(ports.Admin)),
        (SettingNames.AdminGuiListen, "off"),
        (SettingNames.ClusterListen, Loopback(ports.Cluster)),
        (SettingNames.ClusterTelemetryListen, Loopback(ports.Telemetry)),
        (SettingNames.StatusListen, Loopback(ports.ControlPlaneStatus)),
        (SettingNames.ClusterCert, layout.CertificateOf(ControlPlane)),
        (SettingNames.ClusterCertKey, layout.KeyOf(ControlPlane)),
        (SettingNames.ClusterCaCert, layout.CertificateOf("ca")),
        (SettingNames.ClusterTrustDomain, TrustDomain),
        (SettingNames.ClusterSites, string.Join(',', Sites)));

    // The image sets the same: a proxy's continuations are short, and a hop to the thread pool for each costs more than they do.
    private Dictionary<string, string> DataPlaneSettings(string site) => new(DataPlaneSettingsOnly(site), StringComparer.Ordinal)
    {
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
    };

    private Dictionary<string, string> DataPlaneSettingsOnly(string site) => Named(
        (SettingNames.Role, "data_plane"),
        (SettingNames.Database, "off"),
        (SettingNames.ProxyListen, Loopback(ports.Proxy(Index(site)))),
        (SettingNames.StatusListen, Loopback(ports.ProxyStatus(Index(site)))),
        (SettingNames.ClusterControlPlane, $"localhost:{ports.Cluster}"),
        (SettingNames.ClusterTelemetryEndpoint, $"localhost:{ports.Telemetry}"),
        (SettingNames.ClusterCert, layout.CertificateOf(site)),
        (SettingNames.ClusterCertKey, layout.KeyOf(site)),
        (SettingNames.ClusterCaCert, layout.CertificateOf("ca")),
        (SettingNames.ClusterTrustDomain, TrustDomain),
        (SettingNames.ClusterCacheDir, layout.Cache(site)),
        (SettingNames.ClusterCacheKeyFile, layout.CacheKey(site)),
        (SettingNames.ClusterReconnectMax, "2"),
        (SettingNames.TelemetryInterval, "1"),
        (SettingNames.ShutdownDelay, "0"));

    private static string Loopback(int port) => $"127.0.0.1:{port}";
}
