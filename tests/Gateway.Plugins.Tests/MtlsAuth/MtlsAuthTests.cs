using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.Plugins.Tests.MtlsAuth;

/// <summary>Who a certificate's holder is.</summary>
public sealed class MtlsAuthTests
{
    private const string NotSent = "No required TLS certificate was sent";
    private const string NotTrusted = "TLS certificate failed verification";

    private static readonly TestAuthority Root = TestAuthority.Create("clients");

    [Theory]
    [InlineData("ann", null)]
    [InlineData("somebody", "ann@example.com")]
    public async Task A_name_in_the_certificate_is_a_consumer_s(string commonName, string? email)
    {
        await using var harness = await MtlsHarness.StartAsync(null, Root);
        using var certificate = Root.Issue($"CN={commonName}, O=Example", names => names.AddEmailAddress(email ?? "nobody@example.com"));

        Assert.Equal((200, null), await harness.AskAsync(certificate));
        Assert.Equal("ann", harness.Upstream.LastHeaders["X-Consumer-Username"]);
        Assert.DoesNotContain("X-Client-Cert-DN", harness.Upstream.LastHeaders.Keys);
    }

    [Fact]
    public async Task All_streams_of_a_connection_have_its_certificate()
    {
        await using var harness = await MtlsHarness.StartAsync(null, Root);
        using var certificate = Root.Issue("CN=ann");
        var client = harness.Client(certificate, http2: true);
        var target = new Uri("/x", UriKind.Relative);

        using var first = await client.GetAsync(target, TestContext.Current.CancellationToken);
        using var second = await client.GetAsync(target, TestContext.Current.CancellationToken);

        Assert.Equal((200, 2, 200), ((int)first.StatusCode, first.Version.Major, (int)second.StatusCode));
        Assert.Equal("ann", harness.Upstream.LastHeaders["X-Consumer-Username"]);
    }

    [Fact]
    public async Task Only_the_names_count_that_the_config_says()
    {
        await using var harness = await MtlsHarness.StartAsync(new JsonObject { ["consumer_by"] = new JsonArray("custom_id") }, Root);
        using var byName = Root.Issue("CN=ann");
        using var byId = Root.Issue($"CN={harness.Ann}");

        Assert.Equal((401, NotTrusted), await harness.AskAsync(byName));
        Assert.Equal((401, NotTrusted), await harness.AskAsync(byId));
    }

    [Fact]
    public async Task A_credential_says_whose_a_name_is_and_which_authority_may_say_it()
    {
        await using var harness = await MtlsHarness.StartAsync();
        var other = TestAuthority.Create("others");
        var (bob, carl) = (harness.Configuration.Consumer("bob"), harness.Configuration.Consumer("carl"));
        var (first, second) = (harness.Authority(Root), harness.Authority(other));
        harness.Credential(bob, "device.example.com", first);
        harness.Credential(carl, "device.example.com");
        harness.Credential(bob, "only.example.com", second);
        harness.Configuration.Route("x", harness.Service, route => route with { Paths = ["/x"] });
        harness.Configuration.Plugin("mtls-auth", new JsonObject { ["ca_certificates"] = new JsonArray(first.ToString(), second.ToString()), ["revocation_check_mode"] = "SKIP" });
        await harness.ApplyAsync();

        Assert.Equal("bob", await ConsumerAsync(harness, Root, "device.example.com"));
        Assert.Equal("carl", await ConsumerAsync(harness, other, "device.example.com"));
        Assert.Equal("bob", await ConsumerAsync(harness, other, "only.example.com"));
        using var stranger = Root.Issue("CN=any", names => names.AddDnsName("only.example.com"));
        Assert.Equal((401, NotTrusted), await harness.AskAsync(stranger));
    }

    [Fact]
    public async Task Who_presents_nothing_is_refused()
    {
        await using var harness = await MtlsHarness.StartAsync(null, Root);

        Assert.Equal((401, NotSent), await harness.AskAsync());
        Assert.Equal((401, NotSent), await MtlsHarness.AskAsync(harness.Plane.Client));
        Assert.Equal(0, harness.Upstream.Requests);
    }

    [Fact]
    public async Task Who_is_nobody_may_be_a_consumer_of_its_own()
    {
        await using var harness = await MtlsHarness.StartAsync();
        harness.Configuration.Consumer("guest");
        harness.Configuration.Consumer("default");
        harness.Configuration.Route("x", harness.Service, route => route with { Paths = ["/x"] });
        harness.Configuration.Plugin("mtls-auth", harness.Config(new JsonObject { ["anonymous"] = "guest", ["default_consumer"] = "default" }, Root));
        await harness.ApplyAsync();

        Assert.Equal("default", await ConsumerAsync(harness, Root, "unknown"));
        Assert.Equal("guest", await ConsumerAsync(harness, TestAuthority.Create("others"), "ann"));
        Assert.Equal("true", harness.Upstream.LastHeaders["X-Anonymous-Consumer"]);
    }

    [Fact]
    public async Task Without_a_look_up_the_authority_is_enough_and_the_name_is_a_group()
    {
        await using var harness = await MtlsHarness.StartAsync();
        harness.Configuration.Route("x", harness.Service, route => route with { Paths = ["/x"] });
        harness.Configuration.Plugin("mtls-auth", harness.Config(new JsonObject { ["skip_consumer_lookup"] = true }, Root));
        harness.Configuration.Plugin("acl", new JsonObject { ["allow"] = new JsonArray("zoë") });
        await harness.ApplyAsync();
        using var member = Root.Issue("CN=zoë, O=\"Example, Inc.\"", names => names.AddDnsName("a.example.com"));
        using var other = Root.Issue("CN=other");
        using var nameless = Root.Issue("O=Example");

        Assert.Equal((200, null), await MtlsHarness.AskAsync(harness.Client(member), headers: ("X-Client-Cert-DN", "CN=root")));
        Assert.Equal("CN=zo\\C3\\AB, O=\"Example, Inc.\"", harness.Upstream.LastHeaders["X-Client-Cert-DN"]);
        Assert.Equal("a.example.com,zo\\C3\\AB", harness.Upstream.LastHeaders["X-Client-Cert-SAN"]);
        Assert.Equal("zoë", harness.Upstream.LastHeaders["X-Authenticated-Groups"]);
        Assert.DoesNotContain("X-Consumer-ID", harness.Upstream.LastHeaders.Keys);
        Assert.Equal((403, "You cannot consume this service"), await harness.AskAsync(other));
        Assert.Equal((401, "Certificate missing Common Name"), await harness.AskAsync(nameless));
    }

    [Fact]
    public async Task An_authority_that_is_missing_fails_closed()
    {
        await using var harness = await MtlsHarness.StartAsync();
        harness.Configuration.Consumer("guest");
        harness.Configuration.Route("x", harness.Service, route => route with { Paths = ["/x"] });
        harness.Configuration.Plugin("mtls-auth", new JsonObject { ["ca_certificates"] = new JsonArray(Guid.NewGuid().ToString()), ["anonymous"] = "guest" });
        await harness.ApplyAsync();
        using var certificate = Root.Issue("CN=ann");

        Assert.Equal(500, (await harness.AskAsync(certificate)).Status);
    }

    [Fact]
    public async Task Only_clients_are_asked_whose_server_name_leads_to_a_route_that_needs_it()
    {
        await using var harness = await MtlsHarness.StartAsync();
        harness.Configuration.Route("open", harness.Service, route => route with { Hosts = ["open.test"] });
        var closed = harness.Configuration.Route("closed", harness.Service, route => route with { Hosts = ["closed.test", "back-door.test"], Snis = ["closed.test"] });
        harness.Configuration.Plugin("mtls-auth", harness.Config(null, Root), route: closed);
        var unnamed = new ConfigurationBuilder();
        var other = unnamed.Route("any", harness.Service, route => route with { Hosts = ["any.test"] });
        await harness.ApplyAsync();
        using var certificate = Root.Issue("CN=ann");

        // The certificate is there, but goes only to who asks.
        Assert.Equal((200, null), await MtlsHarness.AskAsync(harness.Client(certificate, "closed.test"), "closed.test"));
        Assert.Equal("ann", harness.Upstream.LastHeaders["X-Consumer-Username"]);
        Assert.Equal((200, null), await MtlsHarness.AskAsync(harness.Client(certificate, "open.test"), "open.test"));
        Assert.Equal(404, (await MtlsHarness.AskAsync(harness.Client(certificate, "open.test"), "closed.test")).Status);

        unnamed.Plugin("mtls-auth", new JsonObject { ["ca_certificates"] = new JsonArray(MtlsHarness.Put(unnamed, Root).ToString()), ["revocation_check_mode"] = "SKIP" }, route: other);
        var early = harness.Client(certificate, "any.test");
        Assert.Equal((200, null), await MtlsHarness.AskAsync(early, "open.test"));
        await harness.Plane.ApplyAsync(unnamed.Delta(2));

        // A connection from before was not asked.
        Assert.Equal((401, NotSent), await MtlsHarness.AskAsync(early, "any.test"));
        Assert.Equal((200, null), await MtlsHarness.AskAsync(harness.Client(certificate, "any.test"), "any.test"));
        Assert.Equal((200, null), await MtlsHarness.AskAsync(harness.Client(certificate, "other.test"), "any.test"));
    }

    [Fact]
    public async Task A_changed_authority_counts_with_the_next_request_of_an_open_connection()
    {
        await using var harness = await MtlsHarness.StartAsync();
        var id = harness.Authority(Root);
        harness.Configuration.Route("x", harness.Service, route => route with { Paths = ["/x"] });
        harness.Configuration.Plugin("mtls-auth", new JsonObject { ["ca_certificates"] = new JsonArray(id.ToString()), ["revocation_check_mode"] = "SKIP" });
        await harness.ApplyAsync(1);
        using var certificate = Root.Issue("CN=ann");
        var client = harness.Client(certificate);
        Assert.Equal((200, null), await MtlsHarness.AskAsync(client));

        var change = new ConfigurationBuilder();
        MtlsHarness.Put(change, TestAuthority.Create("clients"), id);
        await harness.Plane.ApplyAsync(change.Delta(2));

        Assert.Equal((401, NotTrusted), await MtlsHarness.AskAsync(client));
    }

    private static async Task<string> ConsumerAsync(MtlsHarness harness, TestAuthority authority, string name)
    {
        using var certificate = authority.Issue("CN=any", names => names.AddDnsName(name));
        Assert.Equal((200, null), await harness.AskAsync(certificate));
        return harness.Upstream.LastHeaders["X-Consumer-Username"];
    }
}
