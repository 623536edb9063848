using Gateway.Plugins.Degraphql;

namespace Gateway.Plugins.Tests.Degraphql;

public sealed class UriTemplateTests
{
    [Theory]
    [InlineData("/", "/", "")]
    [InlineData("/me", "/me", "")]
    [InlineData("/me", "/Me", null)]
    [InlineData("/me", "/me/", null)]
    [InlineData("/:owner/:name", "/kong/gateway", "kong,gateway")]
    [InlineData("/:owner/:name", "/kong", null)]
    [InlineData("/:owner/:name", "/kong/", null)]
    [InlineData("/:owner/:name", "/kong/a/b", null)]
    [InlineData("/repos/:name/issues", "/repos/a%2Fb%25/issues", "a/b%")]
    [InlineData("/repos/:name/issues", "/users/a/issues", null)]
    public void Segments_match_one_by_one(string uri, string path, string? values)
    {
        var matches = new UriTemplate(uri).TryMatch(path, out var found);

        Assert.Equal((values is not null, values ?? string.Empty), (matches, string.Join(',', found)));
    }
}
