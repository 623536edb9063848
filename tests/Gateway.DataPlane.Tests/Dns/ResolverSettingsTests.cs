using Gateway.DataPlane.Dns;

namespace Gateway.DataPlane.Tests.Dns;

public sealed class ResolverSettingsTests
{
    [Fact]
    public void A_pod_s_file_is_read()
    {
        var settings = ResolverSettings.Parse("""
            # comment
            search shop.svc.cluster.local svc.cluster.local cluster.local
            nameserver 10.96.0.10
            nameserver fd00::10
            nameserver nonsense
            options ndots:5 timeout:2 attempts:3 rotate edns0 ndots:x
            """);

        Assert.Equal(["10.96.0.10:53", "[fd00::10]:53"], settings.Servers.Select(server => server.ToString()));
        Assert.Equal((5, 2.0, 3, true), (settings.Dots, settings.Timeout.TotalSeconds, settings.Attempts, settings.Rotate));
        Assert.Equal(["shop.svc.cluster.local", "svc.cluster.local", "cluster.local"], settings.Search);
    }

    [Theory]
    [InlineData("pets", "pets.a.test,pets.b.test,pets")]
    [InlineData("pets.shop", "pets.shop,pets.shop.a.test,pets.shop.b.test")]
    [InlineData("pets.", "pets")]
    public void Names_are_tried_as_the_system_s_resolver_does(string name, string candidates) =>
        Assert.Equal(candidates.Split(','), ResolverSettings.Parse("search a.test b.test.").Candidates(name));

    [Theory]
    [InlineData("options ndots:99", 15)]
    [InlineData("options ndots:-1", 1)]
    [InlineData("options ndots:", 1)]
    public void Limits_are_the_system_s(string line, int dots) => Assert.Equal(dots, ResolverSettings.Parse(line).Dots);

    [Fact]
    public void The_hosts_file_gives_a_name_all_of_its_addresses()
    {
        var names = HostsFile.Parse("127.0.0.1 localhost # loopback\n::1\tlocalhost ip6-localhost\nnonsense x\n10.0.0.1 db DB.internal\r\n10.0.0.2 db\n10.0.0.1 db\n");

        Assert.Equal(["10.0.0.1", "10.0.0.2"], names["DB"].Select(address => address.ToString()));
        Assert.Equal(["127.0.0.1", "::1"], names["localhost"].Select(address => address.ToString()));
        Assert.Equal(["10.0.0.1"], names["db.internal"].Select(address => address.ToString()));
        Assert.False(names.ContainsKey("x"));
    }
}
