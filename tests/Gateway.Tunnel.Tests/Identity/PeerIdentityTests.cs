using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Tests.Identity;

public sealed class PeerIdentityTests
{
    [Theory]
    [InlineData("spiffe://test.example/data-plane/on-prem", PeerRole.DataPlane, "on-prem")]
    [InlineData("spiffe://a_b-1.c/data-plane/0", PeerRole.DataPlane, "0")]
    [InlineData("spiffe://test.example/control-plane", PeerRole.ControlPlane, null)]
    public void Our_names_are_read_and_written_the_same(string uri, PeerRole role, string? site)
    {
        Assert.True(PeerIdentity.TryParse(uri, out var identity));
        Assert.Equal((role, site), (identity.Role, identity.Site));
        Assert.Equal(uri, identity.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("spiffe://")]
    [InlineData("https://test.example/data-plane/on-prem")]
    [InlineData("SPIFFE://test.example/data-plane/on-prem")]
    [InlineData("spiffe://Test.example/data-plane/on-prem")]
    [InlineData("spiffe://test.example:443/data-plane/on-prem")]
    [InlineData("spiffe://user@test.example/data-plane/on-prem")]
    [InlineData("spiffe:///data-plane/on-prem")]
    [InlineData("spiffe://test.example")]
    [InlineData("spiffe://test.example/data-plane")]
    [InlineData("spiffe://test.example/data-plane/")]
    [InlineData("spiffe://test.example/data-plane/on-prem/")]
    [InlineData("spiffe://test.example/data-plane/on-prem/instance")]
    [InlineData("spiffe://test.example/data-plane/On-prem")]
    [InlineData("spiffe://test.example/data-plane/on%2Dprem")]
    [InlineData("spiffe://test.example/data-plane/-a")]
    [InlineData("spiffe://test.example/data-plane/a-")]
    [InlineData("spiffe://test.example/data-plane/on-prem?x")]
    [InlineData("spiffe://test.example/data-plane/on-prem#x")]
    [InlineData("spiffe://test.example/control-plane/")]
    [InlineData("spiffe://test.example/data-plane/a\n")]
    [InlineData("spiffe://test.example/data-plane/0123456789012345678901234567890123456789012345678901234567890123")]
    public void Anything_else_is_not_a_name(string uri) => Assert.False(PeerIdentity.TryParse(uri, out _));
}
