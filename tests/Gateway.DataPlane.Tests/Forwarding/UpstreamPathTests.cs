using Gateway.DataPlane.Forwarding;
using Gateway.DataPlane.Model;
using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Tests.Forwarding;

/// <summary>The table of Kong's documentation, and what its code says beyond it.</summary>
public sealed class UpstreamPathTests
{
    [Theory]
    [InlineData("/s", "/fv0", true, "/fv0/req", "/s/req")]
    [InlineData("/s", "/fv0", true, "/fv0req", "/s/req")]
    [InlineData("/s", "/fv0", false, "/fv0/req", "/s/fv0/req")]
    [InlineData("/s", "/fv0", false, "/fv0req", "/s/fv0req")]
    [InlineData("/s/", "/fv0", true, "/fv0/req", "/s/req")]
    [InlineData("/s/", "/fv0", true, "/fv0req", "/s/req")]
    [InlineData("/s/", "/fv0", false, "/fv0/req", "/s/fv0/req")]
    [InlineData("/s", "/fv0/", true, "/fv0/req", "/s/req")]
    [InlineData("/s/", "/fv0/", true, "/fv0/req", "/s/req")]
    [InlineData("/s", "/fv0", true, "/fv0", "/s")]
    [InlineData("/s/", "/fv0", true, "/fv0", "/s")]
    [InlineData("/s", "/fv0/", true, "/fv0/", "/s/")]
    [InlineData("/", "/fv0", true, "/fv0", "/")]
    [InlineData("/", "/fv0", true, "/fv0/req", "/req")]
    [InlineData("/s", "/", false, "/", "/s")]
    [InlineData("/s", "/fv0", true, "/fv0../secret", "/s/secret")]
    [InlineData("/s", "/fv0", true, "/fv0..", "/s")]
    [InlineData("/s", "/fv0", true, "/fv0./x", "/s/x")]
    public void V0_joins_with_one_slash(string service, string path, bool strip, string request, string expected) =>
        Assert.Equal(expected, Build(service, path, strip, "v0", request));

    [Theory]
    [InlineData("/s", "/fv1", true, "/fv1/req", "/s/req")]
    [InlineData("/s", "/fv1", true, "/fv1req", "/sreq")]
    [InlineData("/s", "/fv1", false, "/fv1/req", "/sfv1/req")]
    [InlineData("/s/", "/fv1", true, "/fv1/req", "/s/req")]
    [InlineData("/s/", "/fv1", true, "/fv1req", "/s/req")]
    [InlineData("/s/", "/fv1", false, "/fv1/req", "/s/fv1/req")]
    [InlineData("/s", "/fv1/", true, "/fv1/req", "/sreq")]
    public void V1_joins_as_it_is(string service, string path, bool strip, string request, string expected) =>
        Assert.Equal(expected, Build(service, path, strip, "v1", request));

    [Fact]
    public void Without_a_path_in_the_route_nothing_is_stripped() =>
        Assert.Equal("/s/a/b", UpstreamPath.Build("/s", Compile(new Route { Hosts = ["a.com"] }), "/a/b", matchedLength: 0));

    [Fact]
    public void What_was_decoded_to_be_matched_is_escaped_again() =>
        Assert.Equal("/s/a%20b/%C3%A9", Build("/s", "/x", strip: true, "v0", "/x/a b/é"));

    private static string Build(string service, string path, bool strip, string handling, string request) =>
        UpstreamPath.Build(service, Compile(new Route { Paths = [path], StripPath = strip, PathHandling = handling }), request, path.Length);

    private static RouteModel Compile(Route route) => RouteCompiler.Compile(route, new List<ModelError>())!;
}
