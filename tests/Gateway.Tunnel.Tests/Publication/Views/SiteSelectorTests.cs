using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Tests.Publication.Views;

public sealed class SiteSelectorTests
{
    [Theory]
    [InlineData("sites:region=eu", "region=eu", true)]
    [InlineData("sites:ring=canary&region=eu", "region=eu&ring=canary", true)]
    [InlineData("sites:region=us", "region=us", false)]
    [InlineData("sites:region=eu&zone=a", "region=eu&zone=a", false)]
    [InlineData("sites:region=EU", "region=EU", false)]
    public void A_tag_selects_the_sites_with_all_of_its_labels(string tag, string text, bool matches)
    {
        var selector = SiteSelector.TryParse(tag);

        Assert.Equal(text, selector!.Text);
        Assert.Equal(matches, selector.Matches(new Dictionary<string, string> { ["region"] = "eu", ["ring"] = "canary" }));
    }

    [Theory]
    [InlineData("sites:")]
    [InlineData("sites:region")]
    [InlineData("sites:region=")]
    [InlineData("sites:=eu")]
    [InlineData("sites:region=eu&")]
    [InlineData("sites:region=eu&region=us")]
    [InlineData("region=eu")]
    public void Anything_else_is_no_selector(string tag) => Assert.Null(SiteSelector.TryParse(tag));

    [Fact]
    public void What_cannot_be_read_selects_nobody() => Assert.False(SiteSelector.Nobody("sites:").Matches(new Dictionary<string, string>()));
}
