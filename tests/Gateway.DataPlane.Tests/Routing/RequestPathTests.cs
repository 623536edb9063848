using Gateway.DataPlane.Routing;

namespace Gateway.DataPlane.Tests.Routing;

public sealed class RequestPathTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a//b///c", "/a/b/c")]
    [InlineData("//", "/")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/..", "/")]
    [InlineData("/../../etc", "/etc")]
    [InlineData("/.", "/")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/a/%2e%2e/b", "/b")]
    [InlineData("/a/%2E./b", "/b")]
    [InlineData("/%61bc", "/abc")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a%3fb%23", "/a%3Fb%23")]
    [InlineData("/a%25b", "/a%25b")]
    [InlineData("/a%20b", "/a b")]
    [InlineData("/caf%C3%A9", "/café")]
    [InlineData("/%ff", "/%FF")]
    [InlineData("/%", "/%25")]
    [InlineData("/%4", "/%254")]
    [InlineData("/%zz", "/%25zz")]
    [InlineData("/%%30f", "/%250f")]
    [InlineData("/.well-known/x", "/.well-known/x")]
    [InlineData("/a..b/...", "/a..b/...")]
    public void A_path_is_brought_into_normal_form(string path, string expected) => Assert.Equal(expected, RequestPath.Normalize(path));

    [Theory]
    [InlineData("/plain/path-1_2.3~", "/plain/path-1_2.3~")]
    [InlineData("/a b", "/a%20b")]
    [InlineData("/café", "/caf%C3%A9")]
    [InlineData("/a%2Fb", "/a%2Fb")]
    [InlineData("/a\\b\"<>|^`{}", "/a%5Cb%22%3C%3E%7C%5E%60%7B%7D")]
    [InlineData("/a\u0001\n", "/a%01%0A")]
    [InlineData("/😀", "/%F0%9F%98%80")]
    public void What_may_not_stand_in_a_request_line_is_escaped(string path, string expected) => Assert.Equal(expected, RequestPath.Escape(path));

    [Theory]
    [InlineData("/a b")]
    [InlineData("/%C3%28")]
    [InlineData("/x%00y")]
    [InlineData("/%E2%82")]
    public void Normalising_what_was_escaped_gives_the_same_again(string path)
    {
        var normal = RequestPath.Normalize(path);

        Assert.Equal(normal, RequestPath.Normalize(RequestPath.Escape(normal)));
    }

    [Fact]
    public void A_path_in_normal_form_is_not_copied()
    {
        var path = "/api/v1/users".AsMemory();

        Assert.True(path.Equals(RequestPath.Normalize(path)));
    }

    [Theory]
    [InlineData("/a?b=/c", "/a")]
    [InlineData("/a", "/a")]
    [InlineData("http://host:80/a/b?c", "/a/b")]
    [InlineData("http://host", "/")]
    [InlineData("http://host?x=/", "/")]
    [InlineData("*", "")]
    [InlineData("host:443", "")]
    public void A_target_is_taken_apart(string target, string path) => Assert.Equal(path, RequestTarget.PathOf(target).ToString());

    [Theory]
    [InlineData("example.com", false, "example.com", 80)]
    [InlineData("example.com", true, "example.com", 443)]
    [InlineData("example.com:8000", true, "example.com", 8000)]
    [InlineData("[::1]:8000", false, "[::1]", 8000)]
    [InlineData("[::1]", false, "[::1]", 80)]
    public void A_host_is_taken_apart(string host, bool isTls, string name, int port)
    {
        var found = RequestTarget.HostOf(host, isTls, out var foundPort);

        Assert.Equal(name, found.ToString());
        Assert.Equal(port, foundPort);
    }
}
