using System.Collections.Immutable;
using Hybrid.Infra.Certificates;
using Hybrid.Infra.Tests.Support;
using Pulumi;
using Pulumi.Utilities;

namespace Hybrid.Infra.Tests.Certificates;

[Collection(PulumiTests.Name)]
public sealed class TunnelAuthorityTests
{
    private const string Request = "tls:index/certRequest:CertRequest";
    private const string Signed = "tls:index/locallySignedCert:LocallySignedCert";

    private static readonly TunnelAuthorityArgs Args = new() { TrustDomain = "dev.example.com", Generations = [1, 2], ActiveGeneration = 2, LeafValidity = 90, LeafRenewal = 30 };

    [Fact]
    public async Task A_sites_only_uri_is_its_identity_and_it_may_only_be_a_client()
    {
        var mocks = Mocks();
        await Components.RunAsync(mocks, () => new TunnelAuthority("tunnel", Args, new ComponentResourceOptions()).IssueSite("factory1"));

        Assert.Equal(["spiffe://dev.example.com/data-plane/factory1"], List(mocks.Inputs(Request, "tunnel-site-factory1")["uris"]));
        Assert.False(mocks.Inputs(Request, "tunnel-site-factory1").ContainsKey("dnsNames"));
        Assert.Equal(["digital_signature", "client_auth"], List(mocks.Inputs(Signed, "tunnel-site-factory1")["allowedUses"]));
    }

    [Fact]
    public async Task The_control_planes_certificate_holds_its_names_and_may_only_be_a_server()
    {
        var mocks = Mocks();
        await Components.RunAsync(mocks, () => new TunnelAuthority("tunnel", Args, new ComponentResourceOptions())
            .IssueControlPlane(Output.Create("control-plane.dev.example.com"), Output.Create("telemetry.dev.example.com")));

        Assert.Equal(["control-plane.dev.example.com", "telemetry.dev.example.com"], List(mocks.Inputs(Request, "tunnel-control-plane")["dnsNames"]));
        Assert.Equal(["spiffe://dev.example.com/control-plane"], List(mocks.Inputs(Request, "tunnel-control-plane")["uris"]));
        Assert.Equal(["digital_signature", "server_auth"], List(mocks.Inputs(Signed, "tunnel-control-plane")["allowedUses"]));
    }

    [Fact]
    public async Task The_active_generation_signs_and_all_are_trusted()
    {
        var mocks = Mocks();
        var site = await Components.RunAsync(mocks, () => new TunnelAuthority("tunnel", Args, new ComponentResourceOptions()).IssueSite("factory1"));

        Assert.Equal("certificate of tunnel-ca-2\n", mocks.Inputs(Signed, "tunnel-site-factory1")["caCertPem"]);
        Assert.Equal("certificate of tunnel-ca-1\ncertificate of tunnel-ca-2\n", await OutputUtilities.GetValueAsync(site.CaBundle));
    }

    [Fact]
    public async Task Leaves_are_short_and_renewed_early()
    {
        var mocks = Mocks();
        await Components.RunAsync(mocks, () => new TunnelAuthority("tunnel", Args, new ComponentResourceOptions()).IssueSite("factory1"));

        Assert.Equal(90 * 24d, mocks.Inputs(Signed, "tunnel-site-factory1")["validityPeriodHours"]);
        Assert.Equal(30 * 24d, mocks.Inputs(Signed, "tunnel-site-factory1")["earlyRenewalHours"]);
    }

    [Fact]
    public async Task A_private_key_leaves_as_a_secret()
    {
        var site = await Components.RunAsync(Mocks(), () => new TunnelAuthority("tunnel", Args, new ComponentResourceOptions()).IssueSite("factory1"));
        Assert.True(await Output.IsSecretAsync(site.PrivateKey));
        Assert.False(await Output.IsSecretAsync(site.Certificate));
    }

    private static EchoMocks Mocks() => new((args, state) => args.Type switch
    {
        "tls:index/privateKey:PrivateKey" => state.SetItem("privateKeyPem", $"key of {args.Name}").SetItem("privateKeyPemPkcs8", $"key of {args.Name}"),
        Request => state.SetItem("certRequestPem", $"request of {args.Name}"),
        "tls:index/selfSignedCert:SelfSignedCert" or Signed => state.SetItem("certPem", $"certificate of {args.Name}\n"),
        _ => state,
    });

    private static IEnumerable<string> List(object value) => ((ImmutableArray<object>)value).Cast<string>();
}
