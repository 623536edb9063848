namespace Gateway.Settings;

/// <summary>
/// Every setting of the gateway. The process reads its environment by it, the infrastructure builds the pods' environment by it, the chart's schema and
/// <c>gateway settings</c> are made from it.
/// </summary>
public static class SettingsContract
{
    public const string Off = "off";
    public const string Any = "*";
    public const string Postgres = "postgres";
    public const string Sqlite = "sqlite";
    public const string DirectClient = "direct";
    public const string GeneralClient = "general";
    public const string EpollLoop = "epoll";
    public const string GeneralLoop = "general";
    public const string ControlPlaneRole = "control_plane";
    public const string DataPlaneRole = "data_plane";

    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        new() { Name = SettingNames.Role, Roles = Roles.Both, Required = Roles.Both, Type = SettingType.Choice, Choices = [ControlPlaneRole, DataPlaneRole], Description = "What the process is." },
        new() { Name = SettingNames.Database, Roles = Roles.Both, Required = Roles.Both, Type = SettingType.Choice, Choices = [Postgres, Sqlite, Off], Description = "Where a control plane keeps its entities: postgres for any number of replicas, sqlite for one. A data plane has none: off." },

        new() { Name = SettingNames.SqlitePath, Roles = Roles.ControlPlane, OnlyWithDatabase = Sqlite, Type = SettingType.Path, Description = "The database file. Required with DATABASE=sqlite." },
        new() { Name = SettingNames.PgHost, Roles = Roles.ControlPlane, OnlyWithDatabase = Postgres, Description = "PostgreSQL's host. Required with DATABASE=postgres." },
        new() { Name = SettingNames.PgPort, Roles = Roles.ControlPlane, OnlyWithDatabase = Postgres, Type = SettingType.Integer, Minimum = 1, Maximum = 65535, Default = "5432", Description = "PostgreSQL's port." },
        new() { Name = SettingNames.PgDatabase, Roles = Roles.ControlPlane, OnlyWithDatabase = Postgres, Default = "gateway", Description = "PostgreSQL's database." },
        new() { Name = SettingNames.PgUser, Roles = Roles.ControlPlane, OnlyWithDatabase = Postgres, Default = "gateway", Description = "PostgreSQL's user." },
        new() { Name = SettingNames.PgPassword, Roles = Roles.ControlPlane, OnlyWithDatabase = Postgres, Secret = true, Description = "PostgreSQL's password; absent where the server asks for none." },
        new() { Name = SettingNames.PgIamAuth, Roles = Roles.ControlPlane, OnlyWithDatabase = Postgres, Type = SettingType.Choice, Choices = ["on", Off], Default = Off, Description = "Whether to sign in to RDS and Aurora by IAM: a token of 15 minutes, signed anew for each connection with the credentials of AWS's default chain, in place of a password. Needs PG_SSL=on." },
        new() { Name = SettingNames.PgIamRegion, Roles = Roles.ControlPlane, OnlyWithDatabase = Postgres, Description = "The database's AWS region; absent for the one in PG_HOST (…REGION.rds.amazonaws.com), or else the process's own (AWS_REGION)." },
        new() { Name = SettingNames.PgSsl, Roles = Roles.ControlPlane, OnlyWithDatabase = Postgres, Type = SettingType.Choice, Choices = ["on", Off], Default = "on", Description = "Whether connections are encrypted, with the server's certificate and name verified." },
        new() { Name = SettingNames.PgSslRootCert, Roles = Roles.ControlPlane, OnlyWithDatabase = Postgres, Type = SettingType.Path, Description = "PEM bundle that PostgreSQL's certificate must chain to; absent for the system's." },
        new() { Name = SettingNames.PgTimeout, Roles = Roles.ControlPlane, OnlyWithDatabase = Postgres, Type = SettingType.Integer, Minimum = 1, Maximum = 300, Default = "15", Description = "Seconds that connecting, and each command, may take." },
        new() { Name = SettingNames.PgMaxPoolSize, Roles = Roles.ControlPlane, OnlyWithDatabase = Postgres, Type = SettingType.Integer, Minimum = 2, Maximum = 1000, Default = "20", Description = "Connections to PostgreSQL, at most." },
        new() { Name = SettingNames.KeyringFile, Roles = Roles.ControlPlane, Required = Roles.ControlPlane, Type = SettingType.Path, Description = "The key file under which secrets in the database are encrypted (gateway keys init)." },

        new() { Name = SettingNames.AdminListen, Roles = Roles.ControlPlane, Type = SettingType.ListenList, Default = "127.0.0.1:8001", Description = "Where the Admin API listens: ssl for TLS, http2 for HTTP/2 in clear. Unless every address is loopback, callers must authenticate." },
        new() { Name = SettingNames.AdminSslCert, Roles = Roles.ControlPlane, Type = SettingType.Path, Description = "PEM file of the certificate, its intermediates after it, for ADMIN_LISTEN's ssl addresses. Watched: a new one is used without a restart." },
        new() { Name = SettingNames.AdminSslCertKey, Roles = Roles.ControlPlane, Type = SettingType.Path, Description = "PEM file of its private key." },
        new() { Name = SettingNames.AdminAuth, Roles = Roles.ControlPlane, Type = SettingType.Choice, Choices = ["auto", "on"], Default = "auto", Description = "Whether callers of the Admin API must authenticate: auto for unless every ADMIN_LISTEN is loopback, on for always." },
        new() { Name = SettingNames.AdminToken, Roles = Roles.ControlPlane, Secret = true, Description = "The first administrator's token, at least 32 random characters. In a file it can be replaced without a restart." },
        new() { Name = SettingNames.AdminOidcIssuer, Roles = Roles.ControlPlane, Type = SettingType.Url, Description = "The OpenID Connect provider whose bearer tokens administrators show, as the tokens name it: https://cognito-idp.REGION.amazonaws.com/POOL. Needs ADMIN_OIDC_AUDIENCE and ADMIN_OIDC_ROLES." },
        new() { Name = SettingNames.AdminOidcAudience, Roles = Roles.ControlPlane, Description = "What the bearer tokens must be for: their aud, or the client_id of Cognito's access tokens." },
        new() { Name = SettingNames.AdminOidcRoles, Roles = Roles.ControlPlane, Type = SettingType.RoleList, Description = "What groups of the provider may do here; a group that is not named may do nothing." },
        new() { Name = SettingNames.AdminOidcRolesClaim, Roles = Roles.ControlPlane, Default = "cognito:groups", Description = "The claim with the groups." },
        new() { Name = SettingNames.AdminOidcNameClaim, Roles = Roles.ControlPlane, Default = "sub", Description = "The claim by which revisions and the audit log name the administrator." },
        new() { Name = SettingNames.AdminAuditRetention, Roles = Roles.ControlPlane, Type = SettingType.Integer, Minimum = 1, Maximum = 3650, Default = "365", Description = "Days that the audit log is kept." },
        new() { Name = SettingNames.AdminGuiListen, Roles = Roles.ControlPlane, Type = SettingType.Listen, MayBeOff = true, Default = Off, Description = "Where the console listens." },
        new() { Name = SettingNames.ClusterListen, Roles = Roles.ControlPlane, Type = SettingType.Listen, Default = "0.0.0.0:8005", Description = "Where the configuration tunnel listens (mTLS)." },
        new() { Name = SettingNames.ClusterTelemetryListen, Roles = Roles.ControlPlane, Type = SettingType.Listen, Default = "0.0.0.0:8006", Description = "Where the telemetry tunnel listens (mTLS)." },
        new() { Name = SettingNames.ClusterSites, Roles = Roles.ControlPlane, Type = SettingType.NameList, MayBeAny = true, Description = "Sites that are registered at start where they are not yet. More by /clustering/sites. With * every site that shows a certificate of the tunnel's CA registers itself: then disable a site to keep it out, since a deleted one comes back." },
        new() { Name = SettingNames.ClusterCaKey, Roles = Roles.ControlPlane, Type = SettingType.Path, Description = "PEM file of the private key of one of the CAs in CLUSTER_CA_CERT, mode 0600: the one that signs for sites that enrol and renew. Without it certificates come from elsewhere." },
        new() { Name = SettingNames.ClusterCertLifetime, Roles = Roles.ControlPlane, Type = SettingType.Integer, Minimum = 60, Maximum = 31536000, Default = "604800", Description = "Seconds that certificates are valid which the control plane signs. Data planes renew them before two thirds of it." },
        new() { Name = SettingNames.ClusterCertGrace, Roles = Roles.ControlPlane, Type = SettingType.Integer, Minimum = 0, Maximum = 31536000, Default = "604800", Description = "Seconds after its end for which a certificate of a site that may join is still good for its own renewal, and for nothing else." },
        new() { Name = SettingNames.ClusterEnrollListen, Roles = Roles.ControlPlane, Type = SettingType.Listen, MayBeOff = true, Default = Off, Description = "Where data planes without a certificate enrol with a token (TLS, no client certificate). Needs CLUSTER_CA_KEY and CLUSTER_ENROLL_ENDPOINT." },
        new() { Name = SettingNames.ClusterEnrollEndpoint, Roles = Roles.ControlPlane, Type = SettingType.HostPortList, Description = "Where data planes reach CLUSTER_ENROLL_LISTEN: what enrolment tokens say. The control plane's certificate must hold the host." },

        new() { Name = SettingNames.ClusterCertRenewal, Roles = Roles.DataPlane, Type = SettingType.Choice, Choices = ["on", Off], Default = "on", Description = "Whether the certificate is renewed over the tunnel, and CAs are taken over from the control plane, where the files of CLUSTER_CERT, CLUSTER_CERT_KEY and CLUSTER_CA_CERT can be written." },
        new() { Name = SettingNames.EnrollToken, Roles = Roles.DataPlane, Secret = true, Description = "The token with which gateway enroll gets the certificate, and gateway run does where there is none yet." },
        new() { Name = SettingNames.ClusterControlPlane, Roles = Roles.DataPlane, Required = Roles.DataPlane, Type = SettingType.HostPortList, Description = "Where control planes' configuration tunnels are; tried in turn." },
        new() { Name = SettingNames.ClusterTelemetryEndpoint, Roles = Roles.DataPlane, Required = Roles.DataPlane, Type = SettingType.HostPortList, Description = "Where control planes' telemetry tunnels are, or any OTLP receiver with a certificate of the tunnel's CA." },
        new() { Name = SettingNames.ClusterUseProxy, Roles = Roles.DataPlane, Type = SettingType.Choice, Choices = ["on", Off], Default = Off, Description = "Whether both tunnels and enrolment go through PROXY_SERVER, by HTTP CONNECT. TLS stays with the control plane's own certificate: the proxy sees its address and nothing else." },
        new() { Name = SettingNames.ProxyServer, Roles = Roles.DataPlane, Type = SettingType.ProxyUrl, Secret = true, Description = "The proxy for CLUSTER_USE_PROXY, with the user and password for Basic authentication where it asks for them. It resolves the control plane's name." },
        new() { Name = SettingNames.ProxyServerSslVerify, Roles = Roles.DataPlane, Type = SettingType.Choice, Choices = ["on", Off], Default = "on", Description = "Whether the certificate of an https PROXY_SERVER must be valid for its name and chain to a root of the system." },
        new() { Name = SettingNames.ClusterServerName, Roles = Roles.DataPlane, Description = "The DNS name that a control plane's certificate must hold, where it is not the one in CLUSTER_CONTROL_PLANE." },
        new() { Name = SettingNames.ClusterCert, Roles = Roles.Both, Required = Roles.Both, Type = SettingType.Path, Description = "PEM file of the certificate for both tunnels. Watched: a new one is used without a restart." },
        new() { Name = SettingNames.ClusterCertKey, Roles = Roles.Both, Required = Roles.Both, Type = SettingType.Path, Description = "PEM file of its private key." },
        new() { Name = SettingNames.ClusterCaCert, Roles = Roles.Both, Required = Roles.Both, Type = SettingType.Path, Description = "PEM bundle of the CAs, several generations if need be, that peers' certificates must chain to. No other root is trusted." },
        new() { Name = SettingNames.ClusterTrustDomain, Roles = Roles.Both, Default = "hybrid.local", Description = "The trust domain in spiffe://TRUST-DOMAIN/data-plane/SITE and spiffe://TRUST-DOMAIN/control-plane." },
        new() { Name = SettingNames.ClusterHeartbeatInterval, Roles = Roles.ControlPlane, Type = SettingType.Integer, Minimum = 1, Maximum = 300, Default = "15", Description = "Seconds between heartbeats; a peer that is silent for three is taken for dead." },
        new() { Name = SettingNames.ClusterReconnectMax, Roles = Roles.DataPlane, Type = SettingType.Integer, Minimum = 1, Maximum = 600, Default = "30", Description = "Seconds that a reconnection waits at most: the cap of the exponential back-off, before jitter." },
        new() { Name = SettingNames.ClusterCacheDir, Roles = Roles.DataPlane, Required = Roles.DataPlane, Type = SettingType.Path, Description = "The folder of the encrypted configuration cache, from which a data plane starts with no control plane anywhere." },
        new() { Name = SettingNames.ClusterCacheKeyFile, Roles = Roles.DataPlane, Required = Roles.DataPlane, Type = SettingType.Path, Description = "The key file under which the cache is encrypted (gateway keys init). Keep it apart from the cache." },
        new() { Name = SettingNames.TelemetryInterval, Roles = Roles.DataPlane, Type = SettingType.Integer, Minimum = 1, Maximum = 300, Default = "10", Description = "Seconds between exports of metrics." },

        new() { Name = SettingNames.ProxyListen, Roles = Roles.DataPlane, Type = SettingType.ListenList, Default = "0.0.0.0:8000", Description = "Where API consumers call: ssl for TLS, http2 for HTTP/2 in clear (gRPC), proxy_protocol where a load balancer says in front of each connection who the client is (believed of TRUSTED_IPS)." },
        new() { Name = SettingNames.SslCert, Roles = Roles.DataPlane, Type = SettingType.Path, Description = "PEM file of the certificate for PROXY_LISTEN's ssl addresses; a self-signed one is made at start where there is none, as Kong does." },
        new() { Name = SettingNames.SslCertKey, Roles = Roles.DataPlane, Type = SettingType.Path, Description = "PEM file of its private key." },
        new() { Name = SettingNames.TrustedIps, Roles = Roles.DataPlane, Type = SettingType.NetworkList, Description = "Peers whose X-Forwarded-* headers are believed; nobody's by default." },
        new() { Name = SettingNames.MaxConnections, Roles = Roles.DataPlane, Type = SettingType.Integer, Minimum = 0, Default = "0", Description = "Clients' connections at a time; more are closed at once. 0 for no limit." },
        new() { Name = SettingNames.ClientMaxHeaderSize, Roles = Roles.DataPlane, Type = SettingType.Integer, Minimum = 1024, Maximum = 1048576, Default = "32768", Description = "Bytes of a request's line, and of its header fields together; more is answered by 414 or 431." },
        new() { Name = SettingNames.ClientMaxBodySize, Roles = Roles.DataPlane, Type = SettingType.Integer, Minimum = 0, Default = "0", Description = "Bytes of a request's body; more is answered by 413. 0 for no limit, as Kong." },
        new() { Name = SettingNames.UpstreamClient, Roles = Roles.DataPlane, Type = SettingType.Choice, Choices = [DirectClient, GeneralClient], Default = DirectClient, Description = "What carries plain HTTP/1.1 to upstreams: direct for the gateway's own client, general for the one that carries everything else (TLS, HTTP/2, upgrades) in either case." },
        new() { Name = SettingNames.EventLoop, Roles = Roles.DataPlane, Type = SettingType.Choice, Choices = [EpollLoop, GeneralLoop], Default = EpollLoop, Description = "What drives the sockets of clients, and of upstreams over UPSTREAM_CLIENT=direct: epoll for the gateway's own event loops, one per processor; general for .NET's, which other systems than Linux have in either case." },
        new() { Name = SettingNames.UpstreamSlowStart, Roles = Roles.DataPlane, Type = SettingType.Integer, Minimum = 0, Maximum = 3600, Default = "0", Description = "Seconds over which a target that became healthy again comes to its whole share of requests, from a tenth; 0 for at once. Hashed requests do not wait for it." },
        new() { Name = SettingNames.UpstreamRetryUnhealthy, Roles = Roles.DataPlane, Type = SettingType.Integer, Minimum = 0, Maximum = 3600, Default = "30", Description = "Seconds after which a target that only passive health checks could heal is tried again, and taken out by its first failure; 0 for never, as Kong." },
        new() { Name = SettingNames.DnsResolver, Roles = Roles.DataPlane, Type = SettingType.HostPortList, Description = "DNS servers for upstreams' names, IP:PORT; those of /etc/resolv.conf by default." },
        new() { Name = SettingNames.DnsHostsFile, Roles = Roles.DataPlane, Type = SettingType.Path, Default = "/etc/hosts", Description = "The hosts file that is asked before DNS." },
        new() { Name = SettingNames.DnsValidTtl, Roles = Roles.DataPlane, Type = SettingType.Integer, Minimum = 1, Maximum = 604800, Description = "Seconds that a DNS answer is used, whatever it says; absent for what it says." },
        new() { Name = SettingNames.DnsStaleTtl, Roles = Roles.DataPlane, Type = SettingType.Integer, Minimum = 0, Maximum = 604800, Default = "3600", Description = "Seconds that a DNS answer may be used longer while its servers do not answer." },
        new() { Name = SettingNames.DnsNotFoundTtl, Roles = Roles.DataPlane, Type = SettingType.Integer, Minimum = 1, Maximum = 86400, Default = "30", Description = "Seconds for which it is remembered, at most, that a name does not exist." },
        new() { Name = SettingNames.DnsErrorTtl, Roles = Roles.DataPlane, Type = SettingType.Integer, Minimum = 1, Maximum = 3600, Default = "1", Description = "Seconds for which DNS servers that failed are not asked for the name again." },
        new() { Name = SettingNames.ShutdownDelay, Roles = Roles.DataPlane, Type = SettingType.Integer, Minimum = 0, Maximum = 300, Default = "5", Description = "Seconds that a data plane goes on accepting requests after it was told to stop, not ready any more, so that load balancers turn away." },
        new() { Name = SettingNames.ShutdownTimeout, Roles = Roles.Both, Type = SettingType.Integer, Minimum = 1, Maximum = 3600, Default = "25", Description = "Seconds that requests under way get to finish, after SHUTDOWN_DELAY." },

        new() { Name = SettingNames.PluginsPath, Roles = Roles.Both, Type = SettingType.Path, Description = "A folder with plugins of your own, NAME/NAME.dll each, for control planes and data planes alike (docs/plugins/own.md)." },
        new() { Name = SettingNames.StatusListen, Roles = Roles.Both, Type = SettingType.Listen, Default = "0.0.0.0:8100", Description = "Where /status and /status/ready listen." },
        new() { Name = SettingNames.LogLevel, Roles = Roles.Both, Type = SettingType.Choice, Choices = ["debug", "info", "warn", "error"], Default = "info", Description = "The least severe records that are written." },
        new() { Name = SettingNames.LogFormat, Roles = Roles.Both, Type = SettingType.Choice, Choices = ["text", "json"], Default = "text", Description = "How records are written to standard output." },
    ];

    private static readonly Dictionary<string, SettingDefinition> ByName = All.ToDictionary(definition => definition.Name, StringComparer.Ordinal);

    /// <summary>Null where there is no such setting.</summary>
    public static SettingDefinition? Find(string name) => ByName.GetValueOrDefault(name);
}
