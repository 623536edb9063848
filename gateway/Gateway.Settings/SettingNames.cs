namespace Gateway.Settings;

/// <summary>The settings' names, without the prefix that environment variables have.</summary>
public static class SettingNames
{
    public const string Role = "ROLE";
    public const string Database = "DATABASE";
    public const string SqlitePath = "SQLITE_PATH";
    public const string PgHost = "PG_HOST";
    public const string PgPort = "PG_PORT";
    public const string PgDatabase = "PG_DATABASE";
    public const string PgUser = "PG_USER";
    public const string PgPassword = "PG_PASSWORD";
    public const string PgSsl = "PG_SSL";
    public const string PgSslRootCert = "PG_SSL_ROOT_CERT";
    public const string PgTimeout = "PG_TIMEOUT";
    public const string PgMaxPoolSize = "PG_MAX_POOL_SIZE";
    public const string KeyringFile = "KEYRING_FILE";
    public const string AdminListen = "ADMIN_LISTEN";
    public const string AdminGuiListen = "ADMIN_GUI_LISTEN";
    public const string ClusterListen = "CLUSTER_LISTEN";
    public const string ClusterTelemetryListen = "CLUSTER_TELEMETRY_LISTEN";
    public const string ClusterSites = "CLUSTER_SITES";
    public const string ClusterCaKey = "CLUSTER_CA_KEY";
    public const string ClusterCertLifetime = "CLUSTER_CERT_LIFETIME";
    public const string ClusterCertGrace = "CLUSTER_CERT_GRACE";
    public const string ClusterEnrollListen = "CLUSTER_ENROLL_LISTEN";
    public const string ClusterEnrollEndpoint = "CLUSTER_ENROLL_ENDPOINT";
    public const string ClusterCertRenewal = "CLUSTER_CERT_RENEWAL";
    public const string EnrollToken = "ENROLL_TOKEN";
    public const string ClusterControlPlane = "CLUSTER_CONTROL_PLANE";
    public const string ClusterTelemetryEndpoint = "CLUSTER_TELEMETRY_ENDPOINT";
    public const string ClusterServerName = "CLUSTER_SERVER_NAME";
    public const string ClusterCert = "CLUSTER_CERT";
    public const string ClusterCertKey = "CLUSTER_CERT_KEY";
    public const string ClusterCaCert = "CLUSTER_CA_CERT";
    public const string ClusterTrustDomain = "CLUSTER_TRUST_DOMAIN";
    public const string ClusterHeartbeatInterval = "CLUSTER_HEARTBEAT_INTERVAL";
    public const string ClusterReconnectMax = "CLUSTER_RECONNECT_MAX";
    public const string ClusterCacheDir = "CLUSTER_CACHE_DIR";
    public const string ClusterCacheKeyFile = "CLUSTER_CACHE_KEY_FILE";
    public const string TelemetryInterval = "TELEMETRY_INTERVAL";
    public const string ProxyListen = "PROXY_LISTEN";
    public const string SslCert = "SSL_CERT";
    public const string SslCertKey = "SSL_CERT_KEY";
    public const string TrustedIps = "TRUSTED_IPS";
    public const string UpstreamClient = "UPSTREAM_CLIENT";
    public const string StatusListen = "STATUS_LISTEN";
    public const string LogLevel = "LOG_LEVEL";
    public const string LogFormat = "LOG_FORMAT";
    public const string ShutdownDelay = "SHUTDOWN_DELAY";
    public const string ShutdownTimeout = "SHUTDOWN_TIMEOUT";
}
