namespace Gateway.Settings.Tests;

/// <summary>Who may use the Admin API, and how the control plane signs in to its database.</summary>
public sealed class AdminSettingsTests
{
    private static readonly Dictionary<string, string?> ControlPlane = new(StringComparer.Ordinal)
    {
        ["GATEWAY_ROLE"] = "control_plane",
        ["GATEWAY_DATABASE"] = "postgres",
        ["GATEWAY_PG_HOST"] = "db.example.com",
        ["GATEWAY_KEYRING_FILE"] = "/keys/ring.json",
        ["GATEWAY_CLUSTER_CERT"] = "/certs/tls.crt",
        ["GATEWAY_CLUSTER_CERT_KEY"] = "/certs/tls.key",
        ["GATEWAY_CLUSTER_CA_CERT"] = "/certs/ca.crt",
    };

    [Theory]
    [InlineData("127.0.0.1:8001", null, false)]
    [InlineData("127.0.0.1:8001, [::1]:8001", null, false)]
    [InlineData("127.0.0.1:8001", "on", true)]
    [InlineData("0.0.0.0:8001", null, true)]
    [InlineData("127.0.0.1:8001, 10.0.0.1:8001", null, true)]
    [InlineData("[::]:8001", "auto", true)]
    public void Callers_authenticate_unless_every_address_is_loopback(string listen, string? auth, bool required)
    {
        var result = Read(("GATEWAY_ADMIN_LISTEN", listen), ("GATEWAY_ADMIN_AUTH", auth));

        Assert.Equal(required, result.Settings!.ControlPlane!.AdminAccess.Required);
    }

    [Fact]
    public void A_provider_comes_with_its_audience_and_roles()
    {
        var result = Read(
            ("GATEWAY_ADMIN_OIDC_ISSUER", "https://idp.example.com/pool"), ("GATEWAY_ADMIN_OIDC_AUDIENCE", "gateway"), ("GATEWAY_ADMIN_OIDC_ROLES", "admins=admin, team:a=editor:team-a+shared, all=viewer"));

        var access = result.Settings!.ControlPlane!.AdminAccess;
        Assert.Equal(new Uri("https://idp.example.com/pool"), access.Issuer);
        Assert.Equal([("admins", "admin", ""), ("team:a", "editor", "team-a+shared"), ("all", "viewer", "")], access.Roles.Select(mapping => (mapping.Group, mapping.Role, string.Join('+', mapping.Tags))));
        Assert.Equal("cognito:groups", access.RolesClaim);
    }

    [Theory]
    [InlineData("GATEWAY_ADMIN_TOKEN", "too-short", "GATEWAY_ADMIN_TOKEN: is too short (allowed: at least 32 random characters)")]
    [InlineData("GATEWAY_ADMIN_LISTEN", "0.0.0.0:8444 ssl", "GATEWAY_ADMIN_SSL_CERT: required setting missing (allowed: a path)", "GATEWAY_ADMIN_SSL_CERT_KEY: required setting missing (allowed: a path)")]
    [InlineData("GATEWAY_ADMIN_LISTEN", "0.0.0.0:8001 proxy_protocol", "GATEWAY_ADMIN_LISTEN: the Admin API believes nobody who says who the client is*")]
    [InlineData("GATEWAY_ADMIN_OIDC_ISSUER", "https://idp.example.com", "GATEWAY_ADMIN_OIDC_AUDIENCE: required setting missing (allowed: a text that is not empty)", "GATEWAY_ADMIN_OIDC_ROLES: required setting missing*")]
    [InlineData("GATEWAY_ADMIN_AUTH", "off", "GATEWAY_ADMIN_AUTH: 'off' is not valid (allowed: auto, on)")]
    [InlineData("GATEWAY_PG_IAM_REGION", "eu-central-1", "GATEWAY_PG_IAM_REGION: has no meaning without GATEWAY_PG_IAM_AUTH=on")]
    public void What_cannot_work_is_named(string setting, string value, params string[] errors)
    {
        var found = Read((setting, value)).Errors.Select(error => error.ToString()).ToList();

        Assert.Equal(errors.Length, found.Count);
        Assert.All(errors.Zip(found), pair => Assert.StartsWith(pair.First.TrimEnd('*'), pair.Second, StringComparison.Ordinal));
        Assert.DoesNotContain(found, error => error.Contains("too-short", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("admins")]
    [InlineData("admins=owner")]
    [InlineData("admins=admin:team-a")]
    [InlineData("a=viewer,a=editor")]
    [InlineData("=viewer")]
    [InlineData("a=editor:")]
    [InlineData("a=editor:x/y")]
    public void Roles_that_are_none_are_refused(string roles)
    {
        var result = Read(("GATEWAY_ADMIN_OIDC_ISSUER", "https://idp.example.com"), ("GATEWAY_ADMIN_OIDC_AUDIENCE", "gateway"), ("GATEWAY_ADMIN_OIDC_ROLES", roles));

        Assert.StartsWith($"GATEWAY_ADMIN_OIDC_ROLES: '{roles}' is not valid", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://idp.example.com")]
    [InlineData("https://user@idp.example.com")]
    [InlineData("idp.example.com")]
    public void A_provider_without_tls_is_refused_but_on_loopback(string issuer)
    {
        (string, string?)[] others = [("GATEWAY_ADMIN_OIDC_AUDIENCE", "gateway"), ("GATEWAY_ADMIN_OIDC_ROLES", "a=viewer")];

        Assert.Equal("GATEWAY_ADMIN_OIDC_ISSUER", Assert.Single(Read([("GATEWAY_ADMIN_OIDC_ISSUER", issuer), .. others]).Errors).Setting);
        Assert.Empty(Read([("GATEWAY_ADMIN_OIDC_ISSUER", "http://127.0.0.1:9229/pool"), .. others]).Errors);
    }

    [Fact]
    public void Signing_in_by_iam_needs_tls_and_no_password()
    {
        var result = Read(("GATEWAY_PG_IAM_AUTH", "on"), ("GATEWAY_PG_SSL", "off"), ("GATEWAY_PG_PASSWORD", "secret"));

        Assert.Equal(["GATEWAY_PG_SSL", "GATEWAY_PG_PASSWORD"], result.Errors.Select(error => error.Setting));
        Assert.True(Read(("GATEWAY_PG_IAM_AUTH", "on")).Settings!.ControlPlane!.PostgreSql!.IamAuthentication);
    }

    private static SettingsResult Read(params (string Name, string? Value)[] settings)
    {
        var environment = new Dictionary<string, string?>(ControlPlane, StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return SettingsReader.Read(environment);
    }
}
