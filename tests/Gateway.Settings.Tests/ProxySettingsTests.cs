namespace Gateway.Settings.Tests;

public sealed class ProxySettingsTests
{
    private const string Allowed = "(allowed: http or https://[USER:PASSWORD@]HOST[:PORT], user and password percent-encoded)";

    private static readonly Dictionary<string, string?> DataPlane = new()
    {
        ["GATEWAY_ROLE"] = "data_plane",
        ["GATEWAY_DATABASE"] = "off",
        ["GATEWAY_CLUSTER_CONTROL_PLANE"] = "cp-1.example.com:8005",
        ["GATEWAY_CLUSTER_TELEMETRY_ENDPOINT"] = "cp-1.example.com:8006",
        ["GATEWAY_CLUSTER_CERT"] = "/certs/tls.crt",
        ["GATEWAY_CLUSTER_CERT_KEY"] = "/certs/tls.key",
        ["GATEWAY_CLUSTER_CA_CERT"] = "/certs/ca.crt",
        ["GATEWAY_CLUSTER_CACHE_DIR"] = "/var/lib/gateway/cache",
        ["GATEWAY_CLUSTER_CACHE_KEY_FILE"] = "/keys/cache.json",
    };

    [Fact]
    public void Without_them_there_is_no_proxy()
    {
        var settings = SettingsReader.Read(DataPlane).Settings!.DataPlane!;

        Assert.Null(settings.ClusterProxy);
        Assert.True(settings.VerifyProxyCertificate);
    }

    [Theory]
    [InlineData("http://proxy.example.com:3128", "proxy.example.com", 3128, false, null, null)]
    [InlineData("http://10.0.0.1", "10.0.0.1", 80, false, null, null)]
    [InlineData("https://proxy.example.com/", "proxy.example.com", 443, true, null, null)]
    [InlineData("http://[::1]:3128", "::1", 3128, false, null, null)]
    [InlineData("http://branch:p%40ss%3Aword@proxy:3128", "proxy", 3128, false, "branch", "p@ss:word")]
    [InlineData("http://branch@proxy:3128", "proxy", 3128, false, "branch", "")]
    public void A_proxy_is_read(string value, string host, int port, bool tls, string? user, string? password)
    {
        var result = SettingsReader.Read([.. DataPlane, new("GATEWAY_CLUSTER_USE_PROXY", "on"), new("GATEWAY_PROXY_SERVER", value), new("GATEWAY_PROXY_SERVER_SSL_VERIFY", "off")]);

        Assert.Equal(new ProxyServer(host, port, tls, user, password), result.Settings!.DataPlane!.ClusterProxy);
        Assert.False(result.Settings.DataPlane.VerifyProxyCertificate);
    }

    [Theory]
    [InlineData("proxy.example.com:3128")]
    [InlineData("socks5://proxy:1080")]
    [InlineData("http://proxy:3128/path")]
    [InlineData("http://proxy:3128/?query")]
    [InlineData("http://proxy:0")]
    [InlineData("http://us%3Aer:hush@proxy:3128")]
    [InlineData("http://user:hu%0Ash@proxy:3128")]
    [InlineData("http://:hush@proxy:3128")]
    public void What_is_no_proxy_is_refused_and_not_shown(string value)
    {
        var errors = Errors(("GATEWAY_CLUSTER_USE_PROXY", "on"), ("GATEWAY_PROXY_SERVER", value));

        Assert.Equal([$"GATEWAY_PROXY_SERVER: the value is not valid {Allowed}"], errors);
    }

    [Fact]
    public void One_without_the_other_is_refused()
    {
        Assert.Equal([$"GATEWAY_PROXY_SERVER: required setting missing {Allowed}"], Errors(("GATEWAY_CLUSTER_USE_PROXY", "on")));
        Assert.Equal(
            ["GATEWAY_PROXY_SERVER: has no meaning without GATEWAY_CLUSTER_USE_PROXY=on"], Errors(("GATEWAY_PROXY_SERVER", "http://proxy:3128")));
    }

    [Fact]
    public void The_password_is_shown_nowhere()
    {
        var settings = SettingsReader.Read([.. DataPlane, new("GATEWAY_CLUSTER_USE_PROXY", "on"), new("GATEWAY_PROXY_SERVER", "https://branch:hush@proxy")]).Settings!;

        Assert.Equal("https://proxy:443", settings.DataPlane!.ClusterProxy!.ToString());
        Assert.DoesNotContain("hush", $"{settings} {settings.DataPlane} {string.Join(' ', settings.Shown)}", StringComparison.Ordinal);
    }

    private static List<string> Errors(params (string Name, string Value)[] settings) =>
        [.. SettingsReader.Read([.. DataPlane, .. settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))]).Errors.Select(error => error.ToString())];
}
