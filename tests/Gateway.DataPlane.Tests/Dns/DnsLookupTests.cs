using System.Net;
using System.Net.Sockets;
using Gateway.DataPlane.Dns;
using Hybrid.Testing;

namespace Gateway.DataPlane.Tests.Dns;

/// <summary>The client against a real server on loopback.</summary>
public sealed class DnsLookupTests : IAsyncLifetime
{
    private readonly TestDnsServer _server = new();
    private readonly TemporaryFolder _folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Addresses_come_with_how_long_they_hold()
    {
        _server.A("api.test", 42, "10.0.0.1", "10.0.0.2");

        var answer = await AskAsync("API.test");

        Assert.Equal(["10.0.0.1", "10.0.0.2"], answer.Addresses.Select(address => address.Ip));
        Assert.Equal(TimeSpan.FromSeconds(42), answer.Life);
    }

    [Fact]
    public async Task An_alias_is_followed_within_the_answer_and_the_shortest_life_holds()
    {
        _server.Cname("api.test", 5, "www.test", TestDnsServer.Record("www.test", DnsRecordType.A, 100, [10, 0, 0, 3]));

        var answer = await AskAsync("api.test");

        Assert.Equal("10.0.0.3", Assert.Single(answer.Addresses).Ip);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Life);
        Assert.Single(_server.Queries);
    }

    [Fact]
    public async Task An_alias_that_leads_out_of_the_answer_is_asked_for()
    {
        _server.Cname("api.test", 100, "www.test");
        _server.Cname("www.test", 100, "host.test");
        _server.A("host.test", 7, "10.0.0.4");

        var answer = await AskAsync("api.test");

        Assert.Equal("10.0.0.4", Assert.Single(answer.Addresses).Ip);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Life);
    }

    [Fact]
    public async Task Aliases_that_go_round_end()
    {
        _server.Cname("a.test", 1, "b.test");
        _server.Cname("b.test", 1, "a.test");

        var answer = await AskAsync("a.test");

        Assert.Empty(answer.Addresses);
        Assert.False(answer.IsCertain);
        Assert.Contains("aliases", answer.Problem, StringComparison.Ordinal);
        Assert.InRange(_server.Queries.Count, 2, 40);
    }

    [Fact]
    public async Task A_name_with_IPv6_addresses_alone_has_those()
    {
        _server.Aaaa("six.test", 9, "2001:db8::1");

        Assert.Equal("2001:db8::1", Assert.Single((await AskAsync("six.test")).Addresses).Ip);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_known_not_to_for_as_long_as_its_zone_says()
    {
        _server.AbsenceLife = 17;

        var answer = await AskAsync("none.test");

        Assert.Empty(answer.Addresses);
        Assert.True(answer.IsCertain);
        Assert.Equal(TimeSpan.FromSeconds(17), answer.Life);
    }

    [Fact]
    public async Task Suffixes_are_tried_until_one_has_the_name()
    {
        _server.A("pets.svc.test", 1, "10.0.0.5");

        var answer = await AskAsync("pets", "search shop.test svc.test\noptions ndots:2");

        Assert.Equal("10.0.0.5", Assert.Single(answer.Addresses).Ip);
        Assert.DoesNotContain(_server.Queries, query => query.Name == "pets");
    }

    [Fact]
    public async Task What_does_not_fit_is_fetched_over_TCP()
    {
        var many = Enumerable.Range(0, 200).Select(i => $"10.0.1.{i}").ToArray();
        _server.A("big.test", 3, many);
        _server.Truncates = true;

        var answer = await AskAsync("big.test");

        Assert.Equal(many, answer.Addresses.Select(address => address.Ip));
        Assert.Equal(1, _server.TcpQueries);
    }

    [Fact]
    public async Task Packets_that_are_no_answer_are_passed_over()
    {
        _server.A("api.test", 1, "10.0.0.6");
        _server.SendsRubbish = true;

        Assert.Equal("10.0.0.6", Assert.Single((await AskAsync("api.test")).Addresses).Ip);
    }

    [Fact]
    public async Task A_server_from_before_EDNS_is_asked_without()
    {
        _server.A("api.test", 1, "10.0.0.7");
        _server.RefusesEdns = true;

        Assert.Equal("10.0.0.7", Assert.Single((await AskAsync("api.test")).Addresses).Ip);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_server_answers_where_one_does_not(bool silent)
    {
        await using var broken = new TestDnsServer { IsSilent = silent, Code = silent ? 0 : 2 };
        _server.A("api.test", 1, "10.0.0.8");

        var answer = await AskAsync("api.test", "", broken.EndPoint, _server.EndPoint);

        Assert.Equal("10.0.0.8", Assert.Single(answer.Addresses).Ip);
        Assert.NotEmpty(_server.Queries);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_no_statement_about_the_name()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var answer = await AskAsync("api.test", "", (IPEndPoint)closed.LocalEndPoint!);

        Assert.False(answer.IsCertain);
        Assert.Contains("does not answer", answer.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_have_ports_weights_and_names_and_only_the_first_choice_counts()
    {
        _server.Srv("_http._tcp.pets.test", 20, (1, 3, 8001, "one.test"), (1, 0, 8002, "two.test"), (2, 9, 8003, "three.test"));
        _server.A("one.test", 60, "10.0.0.1");
        _server.A("two.test", 10, "10.0.0.2");
        _server.A("three.test", 60, "10.0.0.3");

        var answer = await AskAsync("_http._tcp.pets.test");

        Assert.Equal(
            [("10.0.0.1", 8001, 3, "one.test"), ("10.0.0.2", 8002, 1, "two.test")],
            answer.Addresses.Select(address => (address.Ip, address.Port!.Value, address.Weight!.Value, address.Name!)));
        Assert.Equal(TimeSpan.FromSeconds(10), answer.Life);
    }

    [Fact]
    public async Task The_hosts_file_comes_first_and_is_read_again_when_it_changes()
    {
        _server.A("api.test", 1, "10.0.0.1");
        var path = Path.Combine(_folder.FullName, "hosts");
        await File.WriteAllTextAsync(path, "10.9.9.9 api.test\n");
        var lookup = Lookup("", path, _server.EndPoint);
        Assert.Equal("10.9.9.9", Assert.Single((await lookup.LookUpAsync("api.test", CancellationToken.None)).Addresses).Ip);

        await File.WriteAllTextAsync(path, "10.8.8.8 api.test\n");
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(5));
        Assert.Equal("10.8.8.8", Assert.Single((await lookup.LookUpAsync("api.test", CancellationToken.None)).Addresses).Ip);

        File.Delete(path);
        Assert.Equal("10.0.0.1", Assert.Single((await lookup.LookUpAsync("api.test", CancellationToken.None)).Addresses).Ip);
    }

    [Theory]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("x.localhost.", "127.0.0.1")]
    [InlineData("x.invalid", null)]
    public async Task Names_of_special_use_never_leave_the_machine(string name, string? address)
    {
        var answer = await AskAsync(name);

        Assert.Equal(address, answer.Addresses.Select(found => found.Ip).SingleOrDefault());
        Assert.Empty(_server.Queries);
    }

    private Task<NameAnswer> AskAsync(string name, string settings = "", params IPEndPoint[] servers) =>
        Lookup(settings, Path.Combine(_folder.FullName, "no-hosts"), servers.Length == 0 ? [_server.EndPoint] : servers).LookUpAsync(name, CancellationToken.None);

    private static DnsLookup Lookup(string text, string hosts, params IPEndPoint[] servers)
    {
        var settings = ResolverSettings.Parse(text) with { Servers = servers, Timeout = TimeSpan.FromMilliseconds(500) };
        return new DnsLookup(settings, new HostsFile(hosts), new DnsClient(settings, TimeProvider.System));
    }
}
