using Hybrid.Testing;

namespace Gateway.Settings.Tests;

public sealed class SettingsReaderTests
{
    private static readonly Dictionary<string, string?> DataPlane = new()
    {
        ["GATEWAY_ROLE"] = "data_plane",
        ["GATEWAY_DATABASE"] = "off",
        ["GATEWAY_CLUSTER_CONTROL_PLANE"] = "cp-1.example.com:8005, cp-2.example.com:8005",
        ["GATEWAY_CLUSTER_TELEMETRY_ENDPOINT"] = "cp-1.example.com:8006",
        ["GATEWAY_CLUSTER_CERT"] = "/certs/tls.crt",
        ["GATEWAY_CLUSTER_CERT_KEY"] = "/certs/tls.key",
        ["GATEWAY_CLUSTER_CA_CERT"] = "/certs/ca.crt",
        ["GATEWAY_CLUSTER_CACHE_DIR"] = "/var/lib/gateway/cache",
        ["GATEWAY_CLUSTER_CACHE_KEY_FILE"] = "/keys/cache.json",
    };

    private static readonly Dictionary<string, string?> ControlPlane = new()
    {
        ["GATEWAY_ROLE"] = "control_plane",
        ["GATEWAY_DATABASE"] = "postgres",
        ["GATEWAY_PG_HOST"] = "db.example.com",
        ["GATEWAY_KEYRING_FILE"] = "/keys/ring.json",
        ["GATEWAY_CLUSTER_CERT"] = "/certs/tls.crt",
        ["GATEWAY_CLUSTER_CERT_KEY"] = "/certs/tls.key",
        ["GATEWAY_CLUSTER_CA_CERT"] = "/certs/ca.crt",
    };

    [Fact]
    public void A_data_plane_gets_its_addresses_and_the_defaults()
    {
        var settings = Valid(DataPlane);

        Assert.Equal(Roles.DataPlane, settings.Role);
        Assert.Null(settings.ControlPlane);
        Assert.Equal([new HostPort("cp-1.example.com", 8005), new HostPort("cp-2.example.com", 8005)], settings.DataPlane!.ControlPlanes);
        Assert.Equal("0.0.0.0:8000", Assert.Single(settings.DataPlane.ProxyListen).ToString());
        Assert.Equal(TimeSpan.FromSeconds(10), settings.DataPlane.TelemetryInterval);
        Assert.Equal("0.0.0.0:8100", settings.StatusListen.ToString());
    }

    [Fact]
    public void A_control_plane_gets_its_database_and_the_defaults()
    {
        var settings = Valid(ControlPlane);

        Assert.Equal("db.example.com", settings.ControlPlane!.PostgreSql!.Host);
        Assert.True(settings.ControlPlane.PostgreSql.Ssl);
        Assert.Equal("127.0.0.1:8001", Assert.Single(settings.ControlPlane.AdminListen).ToString());
        Assert.False(settings.ControlPlane.AdminAccess.Required);
        Assert.Equal("0.0.0.0:8005", settings.ControlPlane.ClusterListen.ToString());
        Assert.Null(settings.ControlPlane.AdminGuiListen);
    }

    [Fact]
    public void Enrolment_needs_a_key_to_sign_with_and_an_address_to_tell()
    {
        Assert.Equal(
            [
                "GATEWAY_CLUSTER_CA_KEY: required setting missing (allowed: a path)",
                "GATEWAY_CLUSTER_ENROLL_ENDPOINT: required setting missing (allowed: HOST:PORT, separated by commas)",
            ],
            Errors(With(ControlPlane, ("GATEWAY_CLUSTER_ENROLL_LISTEN", "0.0.0.0:8004"))));
        var settings = Valid(With(
            ControlPlane,
            ("GATEWAY_CLUSTER_ENROLL_LISTEN", "0.0.0.0:8004"),
            ("GATEWAY_CLUSTER_CA_KEY", "/keys/ca.key"),
            ("GATEWAY_CLUSTER_ENROLL_ENDPOINT", "cp.example.com:8004")));
        Assert.Equal(8004, settings.ControlPlane!.EnrollListen!.Port);
        Assert.Null(Valid(ControlPlane).ControlPlane!.EnrollListen);
        Assert.Equal(TimeSpan.FromDays(7), Valid(ControlPlane).ControlPlane!.CertificateLifetime);
    }

    [Fact]
    public void An_enrolment_token_is_never_shown()
    {
        var settings = Valid(With(DataPlane, ("GATEWAY_ENROLL_TOKEN", "gwenroll1_secret")));
        Assert.Equal("gwenroll1_secret", settings.DataPlane!.EnrollmentToken);
        Assert.DoesNotContain("secret", settings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(settings.Shown, shown => shown.Value.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GATEWAY_CLUSTER_LISTN", "127.0.0.1:1", "GATEWAY_CLUSTER_LISTN: unknown setting; did you mean GATEWAY_CLUSTER_LISTEN?")]
    [InlineData("GATEWAY_NONSENSE_ALTOGETHER", "1", "GATEWAY_NONSENSE_ALTOGETHER: unknown setting")]
    [InlineData("GATEWAY_TELEMETRY_INTERVAL", "0", "GATEWAY_TELEMETRY_INTERVAL: '0' is not valid (allowed: 1 to 300)")]
    [InlineData("GATEWAY_TELEMETRY_INTERVAL", "ten", "GATEWAY_TELEMETRY_INTERVAL: 'ten' is not valid (allowed: 1 to 300)")]
    [InlineData("GATEWAY_PROXY_LISTEN", "8000", "GATEWAY_PROXY_LISTEN: '8000' is not valid (allowed: IP-ADDRESS:PORT [ssl] [http2] [proxy_protocol], separated by commas)")]
    [InlineData("GATEWAY_CLUSTER_CONTROL_PLANE", "cp.example.com", "GATEWAY_CLUSTER_CONTROL_PLANE: 'cp.example.com' is not valid (allowed: HOST:PORT, separated by commas)")]
    [InlineData("GATEWAY_LOG_LEVEL", "loud", "GATEWAY_LOG_LEVEL: 'loud' is not valid (allowed: debug, info, warn, error)")]
    [InlineData("GATEWAY_DATABASE", "postgres", "GATEWAY_DATABASE: a data plane has no database (allowed: off)")]
    [InlineData("GATEWAY_PG_HOST", "db", "GATEWAY_PG_HOST: does not belong to a data plane")]
    [InlineData("GATEWAY_ADMIN_LISTEN", "127.0.0.1:8001", "GATEWAY_ADMIN_LISTEN: does not belong to a data plane")]
    [InlineData("GATEWAY_TRUSTED_IPS", "10.0.0.0/8,here", "GATEWAY_TRUSTED_IPS: '10.0.0.0/8,here' is not valid (allowed: IP addresses and CIDR blocks, separated by commas)")]
    public void A_wrong_setting_of_a_data_plane_is_named(string variable, string value, string expected)
    {
        Assert.Equal([expected], Errors(With(DataPlane, (variable, value))));
    }

    [Theory]
    [InlineData("GATEWAY_DATABASE", "off", "GATEWAY_DATABASE: a control plane needs a database (allowed: postgres, sqlite)")]
    [InlineData("GATEWAY_DATABASE", "mysql", "GATEWAY_DATABASE: 'mysql' is not valid (allowed: postgres, sqlite, off)")]
    [InlineData("GATEWAY_SQLITE_PATH", "/x.db", "GATEWAY_SQLITE_PATH: has no meaning with GATEWAY_DATABASE=postgres")]
    [InlineData("GATEWAY_PROXY_LISTEN", "0.0.0.0:8000", "GATEWAY_PROXY_LISTEN: does not belong to a control plane")]
    [InlineData("GATEWAY_CLUSTER_SITES", "on-prem,Cloud", "GATEWAY_CLUSTER_SITES: 'on-prem,Cloud' is not valid (allowed: a-z, 0-9 and -, 1 to 63 characters each, separated by commas, or *)")]
    public void A_wrong_setting_of_a_control_plane_is_named(string variable, string value, string expected)
    {
        Assert.Contains(expected, Errors(With(ControlPlane, (variable, value))));
    }

    [Theory]
    [InlineData("GATEWAY_ROLE")]
    [InlineData("GATEWAY_DATABASE")]
    [InlineData("GATEWAY_CLUSTER_CONTROL_PLANE")]
    [InlineData("GATEWAY_CLUSTER_CACHE_KEY_FILE")]
    public void A_missing_setting_is_named_with_what_is_allowed(string variable)
    {
        var error = Assert.Single(Errors(With(DataPlane, (variable, null))));

        Assert.StartsWith($"{variable}: required setting missing (allowed: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var errors = Errors(With(DataPlane, ("GATEWAY_TELEMETRY_INTERVAL", "0"), ("GATEWAY_LOG_LEVEL", "loud"), ("GATEWAY_WHAT", "1")));

        Assert.Equal(3, errors.Count);
    }

    [Theory]
    [InlineData("GATEWAY_SERVICE_HOST", "10.0.0.1")]
    [InlineData("GATEWAY_SERVICE_PORT", "8000")]
    [InlineData("GATEWAY_SERVICE_PORT_PROXY", "8000")]
    [InlineData("GATEWAY_PORT", "tcp://10.0.0.1:8000")]
    [InlineData("GATEWAY_PORT_8000_TCP", "tcp://10.0.0.1:8000")]
    [InlineData("GATEWAY_PORT_8000_TCP_ADDR", "10.0.0.1")]
    [InlineData("GATEWAY_ADMIN_SERVICE_HOST", "10.0.0.1")]
    [InlineData("GATEWAY_ADMIN_PORT", "tcp://10.0.0.1:8001")]
    [InlineData("GATEWAY_ADMIN_PORT_8001_TCP_PROTO", "tcp")]
    public void What_Kubernetes_sets_for_services_is_ignored(string variable, string value)
    {
        Assert.Empty(Errors(With(DataPlane, (variable, value))));
    }

    [Fact]
    public void A_setting_that_looks_like_a_service_link_is_read()
    {
        Assert.Equal(6432, Valid(With(ControlPlane, ("GATEWAY_PG_PORT", "6432"))).ControlPlane!.PostgreSql!.Port);
        Assert.Equal(["GATEWAY_PG_PORT: '0' is not valid (allowed: 1 to 65535)"], Errors(With(ControlPlane, ("GATEWAY_PG_PORT", "0"))));
    }

    [Fact]
    public void A_misspelt_setting_that_ends_like_a_service_link_is_refused()
    {
        Assert.Equal(["GATEWAY_STATUS_PORT: unknown setting"], Errors(With(DataPlane, ("GATEWAY_STATUS_PORT", "8100"))));
    }

    [Fact]
    public void An_empty_variable_counts_as_absent()
    {
        Assert.Equal("info", Valid(With(DataPlane, ("GATEWAY_LOG_LEVEL", ""))).LogLevel);
    }

    [Fact]
    public void A_secret_may_come_from_a_file_and_is_shown_nowhere()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("password"), "s3cret\n");

        var settings = Valid(With(ControlPlane, ("GATEWAY_PG_PASSWORD_FILE", folder.PathOf("password"))));

        Assert.Equal("s3cret", settings.ControlPlane!.PostgreSql!.Password);
        Assert.DoesNotContain("s3cret", settings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(settings.Shown, pair => pair.Value.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_and_its_file_together_are_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("password"), "s3cret");

        var error = Assert.Single(Errors(With(ControlPlane, ("GATEWAY_PG_PASSWORD", "other"), ("GATEWAY_PG_PASSWORD_FILE", folder.PathOf("password")))));

        Assert.Contains("is set beside", error, StringComparison.Ordinal);
        Assert.DoesNotContain("other", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_listens_in_clear_with_TLS_and_for_gRPC()
    {
        var listen = Valid(With(DataPlane, ("GATEWAY_PROXY_LISTEN", "0.0.0.0:8000, [::1]:8443 ssl, 127.0.0.1:8080 http2"))).DataPlane!.ProxyListen;

        Assert.Equal([(8000, false, false), (8443, true, false), (8080, false, true)], listen.Select(address => (address.Port, address.Tls, address.Http2)));
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("*, on-prem", true, "on-prem")]
    [InlineData("on-prem, cloud", false, "on-prem", "cloud")]
    public void Sites_are_named_or_register_themselves(string value, bool any, params string[] sites)
    {
        var settings = Valid(With(ControlPlane, ("GATEWAY_CLUSTER_SITES", value))).ControlPlane!;

        Assert.Equal((any, string.Join(',', sites)), (settings.AdmitsAnySite, string.Join(',', settings.Sites)));
    }

    [Fact]
    public void A_certificate_needs_its_key()
    {
        var errors = Errors(With(DataPlane, ("GATEWAY_PROXY_LISTEN", "0.0.0.0:8000, 0.0.0.0:8443 ssl"), ("GATEWAY_SSL_CERT", "/tls.crt")));

        Assert.Equal(["GATEWAY_SSL_CERT_KEY: required setting missing (allowed: a path)"], errors);
    }

    [Fact]
    public void A_value_that_is_known_only_later_counts_as_set()
    {
        var settings = DataPlane.ToDictionary(pair => pair.Key["GATEWAY_".Length..], pair => pair.Value);
        settings[SettingNames.ClusterControlPlane] = null;

        Assert.Empty(SettingsEnvironment.Validate(settings));
    }

    [Fact]
    public void Every_default_is_valid_by_its_own_rule()
    {
        foreach (var definition in SettingsContract.All.Where(definition => definition.Default is not null))
        {
            var errors = SettingsEnvironment.Validate(new Dictionary<string, string?> { [definition.Name] = definition.Default });
            Assert.DoesNotContain(errors, error => error.Setting == "GATEWAY_" + definition.Name);
        }
    }

    private static Dictionary<string, string?> With(Dictionary<string, string?> settings, params (string Name, string? Value)[] changes)
    {
        var changed = new Dictionary<string, string?>(settings);
        foreach (var (name, value) in changes)
        {
            changed[name] = value;
            if (value is null)
            {
                changed.Remove(name);
            }
        }

        return changed;
    }

    private static GatewaySettings Valid(Dictionary<string, string?> environment)
    {
        var result = SettingsReader.Read(environment);
        Assert.Empty(result.Errors);
        return result.Settings!;
    }

    private static List<string> Errors(Dictionary<string, string?> environment) => [.. SettingsReader.Read(environment).Errors.Select(error => error.ToString())];
}
