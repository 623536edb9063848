using System.Text.Json;
using Hybrid.Infra.Anywhere;
using Hybrid.Infra.Iam;
using Hybrid.Infra.Tests.Support;
using Pulumi;

namespace Hybrid.Infra.Tests.Anywhere;

[Collection(PulumiTests.Name)]
public sealed class SiteAwsIdentityTests
{
    [Fact]
    public async Task The_role_opens_to_the_sites_certificate_only()
    {
        var mocks = new EchoMocks();
        await Components.RunAsync(mocks, () => new SiteAwsIdentity("identity", new SiteAwsIdentityArgs
        {
            Site = "factory1",
            TrustDomain = Output.Create("dev.example.com"),
            CaBundle = "PEM",
            Statements = [new Statement { Sid = "Do", Actions = ["es:ESHttpPost"], Resources = ["arn:x"] }],
        }, new ComponentResourceOptions()));

        using var policy = JsonDocument.Parse((string)mocks.Inputs("aws:iam/role:Role", "identity-role")["assumeRolePolicy"]);
        var statement = Assert.Single(policy.RootElement.GetProperty("Statement").EnumerateArray());
        var condition = statement.GetProperty("Condition");
        Assert.Equal("rolesanywhere.amazonaws.com", statement.GetProperty("Principal").GetProperty("Service").GetString());
        Assert.Equal("spiffe://dev.example.com/data-plane/factory1", condition.GetProperty("StringEquals").GetProperty("aws:PrincipalTag/x509SAN/URI").GetString());
        Assert.EndsWith(":identity-anchor", condition.GetProperty("ArnEquals").GetProperty("aws:SourceArn").GetString(), StringComparison.Ordinal);
    }
}
