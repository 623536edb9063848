namespace Hybrid.Infra.Gateway;

/// <summary>The Secrets of one release, and where the chart mounts them.</summary>
public sealed record PodSecrets(string Release)
{
    /// <summary>Keys tls.crt, tls.key and ca.crt.</summary>
    public string Certificate => $"{Release}-cluster-cert";

    /// <summary>Key keys.json.</summary>
    public string Keys => $"{Release}-keys";

    /// <summary>Key token: the first administrator's, for the Admin API.</summary>
    public string AdminToken => $"{Release}-admin-token";

    /// <summary>Keys tls.crt and tls.key: what the proxy shows.</summary>
    public string ProxyCertificate => $"{Release}-proxy-cert";

    /// <summary>Where the chart mounts the key file, whatever its Secret is called.</summary>
    public const string KeyFilePath = PodSettings.SecretsRoot + "/keys/keys.json";

    public static string CertificatePath(string key) => $"{PodSettings.SecretsRoot}/cluster-certificate/{key}";

    public static string ProxyCertificatePath(string key) => $"{PodSettings.SecretsRoot}/proxy-certificate/{key}";
}
