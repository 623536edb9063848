using System.Globalization;
using System.Net;

namespace Gateway.Settings;

/// <summary>Reads the settings from an environment: all errors at once, or typed settings.</summary>
public static class SettingsReader
{
    /// <summary>Variables without the prefix, and those that Kubernetes makes for Services, are not looked at.</summary>
    public static SettingsResult Read(IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var errors = new List<SettingError>();
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var values = Collect(environment, files, errors);
        var validator = new SettingsValidator(values);
        validator.Validate();
        errors.AddRange(validator.Errors);
        return errors.Count > 0 ? new SettingsResult(null, errors) : new SettingsResult(Build(values, files), []);
    }

    private static Dictionary<string, string?> Collect(
        IEnumerable<KeyValuePair<string, string?>> environment, Dictionary<string, string> files, List<SettingError> errors)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (variable, value) in environment)
        {
            // An empty variable is how a shell or a chart says "not set".
            if (!variable.StartsWith(SettingsEnvironment.Prefix, StringComparison.Ordinal) || string.IsNullOrEmpty(value) || SettingsEnvironment.IsServiceLink(variable, value))
            {
                continue;
            }

            var name = variable[SettingsEnvironment.Prefix.Length..];
            if (SettingsContract.Find(name) is null
                && name.EndsWith(SettingsEnvironment.FileSuffix, StringComparison.Ordinal)
                && SettingsContract.Find(name[..^SettingsEnvironment.FileSuffix.Length]) is { Secret: true } secret)
            {
                files[secret.Name] = value;
                ReadFile(secret, variable, value, values, errors);
            }
            else if (!values.TryAdd(name, value))
            {
                errors.Add(new SettingError(variable, "is set beside the file that also holds it"));
            }
        }

        return values;
    }

    private static void ReadFile(SettingDefinition secret, string variable, string file, Dictionary<string, string?> values, List<SettingError> errors)
    {
        try
        {
            if (!values.TryAdd(secret.Name, File.ReadAllText(file).TrimEnd('\r', '\n')))
            {
                errors.Add(new SettingError(variable, $"is set beside {SettingsEnvironment.EnvironmentName(secret.Name)}"));
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            errors.Add(new SettingError(variable, $"cannot read {file} ({problem.Message.TrimEnd('.')})"));
        }
    }

    private static GatewaySettings Build(Dictionary<string, string?> values, Dictionary<string, string> files)
    {
        var role = values[SettingNames.Role] == SettingsContract.DataPlaneRole ? Roles.DataPlane : Roles.ControlPlane;
        var get = new Values(values);
        return new GatewaySettings
        {
            Role = role,
            Tunnel = new TunnelSettings(
                get.Text(SettingNames.ClusterCert), get.Text(SettingNames.ClusterCertKey), get.Text(SettingNames.ClusterCaCert), get.Text(SettingNames.ClusterTrustDomain)),
            StatusListen = get.Listen(SettingNames.StatusListen)!,
            LogLevel = get.Text(SettingNames.LogLevel),
            LogFormat = get.Text(SettingNames.LogFormat),
            ShutdownTimeout = get.Seconds(SettingNames.ShutdownTimeout),
            ControlPlane = role is Roles.ControlPlane ? BuildControlPlane(get, files) : null,
            DataPlane = role is Roles.DataPlane ? BuildDataPlane(get) : null,
            Shown = SettingsContract.All
                .Where(definition => !definition.Secret && definition.Roles.HasFlag(role) && get.Find(definition.Name) is not null)
                .ToDictionary(definition => definition.Name, definition => get.Text(definition.Name), StringComparer.Ordinal),
        };
    }

    private static ControlPlaneSettings BuildControlPlane(Values get, Dictionary<string, string> files) => new()
    {
        SqlitePath = get.Text(SettingNames.Database) == SettingsContract.Sqlite ? get.Text(SettingNames.SqlitePath) : null,
        PostgreSql = get.Text(SettingNames.Database) == SettingsContract.Postgres ? BuildPostgreSql(get, files) : null,
        KeyringFile = get.Text(SettingNames.KeyringFile),
        AdminListen = get.ListenList(SettingNames.AdminListen),
        AdminCertificate = get.Find(SettingNames.AdminSslCert),
        AdminCertificateKey = get.Find(SettingNames.AdminSslCertKey),
        AdminAccess = BuildAdminAccess(get, files),
        AdminGuiListen = get.Listen(SettingNames.AdminGuiListen),
        ClusterListen = get.Listen(SettingNames.ClusterListen)!,
        TelemetryListen = get.Listen(SettingNames.ClusterTelemetryListen)!,
        Sites = [.. get.List(SettingNames.ClusterSites).Where(site => site is not SettingsContract.Any)],
        AdmitsAnySite = get.List(SettingNames.ClusterSites).Contains(SettingsContract.Any, StringComparer.Ordinal),
        AuthorityKey = get.Find(SettingNames.ClusterCaKey),
        CertificateLifetime = get.Seconds(SettingNames.ClusterCertLifetime),
        CertificateGrace = get.Seconds(SettingNames.ClusterCertGrace),
        EnrollListen = get.Listen(SettingNames.ClusterEnrollListen),
        EnrollEndpoints = get.List(SettingNames.ClusterEnrollEndpoint),
        HeartbeatInterval = get.Seconds(SettingNames.ClusterHeartbeatInterval),
    };

    private static AdminAccessSettings BuildAdminAccess(Values get, Dictionary<string, string> files) => new()
    {
        Required = get.Text(SettingNames.AdminAuth) is "on" || !get.ListenList(SettingNames.AdminListen).All(listen => IPAddress.IsLoopback(listen.Address)),
        Token = get.Find(SettingNames.AdminToken),
        TokenFile = files.GetValueOrDefault(SettingNames.AdminToken),
        Issuer = get.Find(SettingNames.AdminOidcIssuer) is { } issuer ? SettingsValidator.TryParseUrl(issuer) : null,
        Audience = get.Find(SettingNames.AdminOidcAudience),
        Roles = get.Find(SettingNames.AdminOidcRoles) is { } roles ? RoleMapping.TryParseList(roles)! : [],
        RolesClaim = get.Text(SettingNames.AdminOidcRolesClaim),
        NameClaim = get.Text(SettingNames.AdminOidcNameClaim),
        AuditRetention = TimeSpan.FromDays(get.Integer(SettingNames.AdminAuditRetention)),
    };

    private static PostgreSqlSettings BuildPostgreSql(Values get, Dictionary<string, string> files) => new()
    {
        Host = get.Text(SettingNames.PgHost),
        Port = get.Integer(SettingNames.PgPort),
        Database = get.Text(SettingNames.PgDatabase),
        User = get.Text(SettingNames.PgUser),
        Password = get.Find(SettingNames.PgPassword),
        PasswordFile = files.GetValueOrDefault(SettingNames.PgPassword),
        IamAuthentication = get.Text(SettingNames.PgIamAuth) == "on",
        IamRegion = get.Find(SettingNames.PgIamRegion),
        Ssl = get.Text(SettingNames.PgSsl) == "on",
        SslRootCertificate = get.Find(SettingNames.PgSslRootCert),
        Timeout = get.Seconds(SettingNames.PgTimeout),
        MaxPoolSize = get.Integer(SettingNames.PgMaxPoolSize),
    };

    private static DataPlaneSettings BuildDataPlane(Values get) => new()
    {
        ControlPlanes = [.. get.List(SettingNames.ClusterControlPlane).Select(item => HostPort.TryParse(item)!)],
        TelemetryEndpoints = [.. get.List(SettingNames.ClusterTelemetryEndpoint).Select(item => HostPort.TryParse(item)!)],
        ServerName = get.Find(SettingNames.ClusterServerName),
        ClusterProxy = get.Text(SettingNames.ClusterUseProxy) == "on" ? ProxyServer.TryParse(get.Text(SettingNames.ProxyServer)) : null,
        VerifyProxyCertificate = get.Text(SettingNames.ProxyServerSslVerify) == "on",
        RenewCertificate = get.Text(SettingNames.ClusterCertRenewal) == "on",
        EnrollmentToken = get.Find(SettingNames.EnrollToken),
        ReconnectMax = get.Seconds(SettingNames.ClusterReconnectMax),
        CacheFolder = get.Text(SettingNames.ClusterCacheDir),
        CacheKeyFile = get.Text(SettingNames.ClusterCacheKeyFile),
        TelemetryInterval = get.Seconds(SettingNames.TelemetryInterval),
        ProxyListen = get.ListenList(SettingNames.ProxyListen),
        SslCertificate = get.Find(SettingNames.SslCert),
        SslCertificateKey = get.Find(SettingNames.SslCertKey),
        TrustedNetworks = [.. get.List(SettingNames.TrustedIps).Select(item => SettingsValidator.TryParseNetwork(item)!.Value)],
        MaxConnections = get.Limit(SettingNames.MaxConnections),
        ClientMaxHeaderSize = get.Integer(SettingNames.ClientMaxHeaderSize),
        ClientMaxBodySize = get.Limit(SettingNames.ClientMaxBodySize),
        UpstreamClient = get.Text(SettingNames.UpstreamClient),
        EventLoop = get.Text(SettingNames.EventLoop),
        UpstreamSlowStart = get.Seconds(SettingNames.UpstreamSlowStart),
        UpstreamRetryUnhealthy = get.Seconds(SettingNames.UpstreamRetryUnhealthy),
        DnsResolvers = [.. get.List(SettingNames.DnsResolver).Select(item => HostPort.TryParse(item)!)],
        DnsHostsFile = get.Text(SettingNames.DnsHostsFile),
        DnsValidTtl = get.Find(SettingNames.DnsValidTtl) is null ? null : get.Seconds(SettingNames.DnsValidTtl),
        DnsStaleTtl = get.Seconds(SettingNames.DnsStaleTtl),
        DnsNotFoundTtl = get.Seconds(SettingNames.DnsNotFoundTtl),
        DnsErrorTtl = get.Seconds(SettingNames.DnsErrorTtl),
        ShutdownDelay = get.Seconds(SettingNames.ShutdownDelay),
    };

    /// <summary>Validated texts, or the defaults.</summary>
    private sealed class Values(Dictionary<string, string?> values)
    {
        public string? Find(string name) => values.GetValueOrDefault(name) ?? SettingsContract.Find(name)!.Default;

        public string Text(string name) => Find(name) ?? throw new InvalidOperationException($"{name} was not validated");

        public int Integer(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);

        /// <summary>Null for 0.</summary>
        public long? Limit(string name) => Integer(name) is var limit and > 0 ? limit : null;

        public TimeSpan Seconds(string name) => TimeSpan.FromSeconds(Integer(name));

        public string[] List(string name) => SettingsValidator.Split(Find(name) ?? "");

        public IReadOnlyList<ListenAddress> ListenList(string name) => [.. List(name).Select(item => ListenAddress.TryParse(item, mayHaveFlags: true)!)];

        public ListenAddress? Listen(string name) => Text(name) == SettingsContract.Off ? null : ListenAddress.TryParse(Text(name));
    }
}
