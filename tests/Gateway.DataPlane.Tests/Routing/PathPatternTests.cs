using Gateway.DataPlane.Routing;

namespace Gateway.DataPlane.Tests.Routing;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData(@"/users/\d+", "/users/42/x", 9)]
    [InlineData(@"/users/\d+$", "/users/42/x", -1)]
    [InlineData(@"/users/\d+$", "/users/42", 9)]
    [InlineData(@"/users/\d+$", "/users/42\n", -1)]
    [InlineData(@"/(?<id>[a-z]+)/(?P<rest>.*)", "/abc/d", 6)]
    [InlineData(@"/x", "/a/x", -1)]
    [InlineData(@"/[[:alpha:]]+", "/abc1", 4)]
    [InlineData(@"/[]a]+", "/]a", 3)]
    [InlineData(@"/[^]]+", "/ab]", 3)]
    [InlineData(@"/\w+", "/é", -1)]
    [InlineData(@"/\d", "/٣", -1)]
    [InlineData(@"/(?i)abc", "/ABC", 4)]
    [InlineData(@"/a(?=b)", "/ab", 2)]
    [InlineData(@"/(\w)\1", "/aa", 3)]
    [InlineData(@"/a\h+b", "/a \tb", 5)]
    [InlineData(@"/\x{e9}", "/é", 2)]
    public void A_regex_matches_from_the_start_as_in_PCRE(string pattern, string path, int length)
    {
        var compiled = PathPattern.TryCreate(pattern, anchored: true, ignoreCase: false, out var problem);

        Assert.Null(problem);
        Assert.Equal(length, compiled!.Match(path));
    }

    [Theory]
    [InlineData(@"/a\Kb", @"escape \K")]
    [InlineData(@"/(?R)", "recursion")]
    [InlineData(@"/(?1)", "recursion")]
    [InlineData(@"/a++", "possessive")]
    [InlineData(@"/(*COMMIT)a", "verb")]
    [InlineData(@"/(?|a|b)", "branch reset")]
    [InlineData(@"/(", "invalid regex")]
    [InlineData(@"/a\", "invalid regex")]
    [InlineData(@"/[[:foo:]]", "POSIX")]
    public void What_has_no_equivalent_is_refused_by_name(string pattern, string named)
    {
        Assert.Null(PathPattern.TryCreate(pattern, anchored: true, ignoreCase: false, out var problem));
        Assert.Contains(named, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"/users/\d+", "/users/")]
    [InlineData(@"^/users/x?", "/users/")]
    [InlineData(@"/a\.b/c", "/a.b/c")]
    [InlineData(@"/a|/b", "")]
    [InlineData(@"/ab{2}", "/a")]
    [InlineData(@"/ab+c", "/ab")]
    [InlineData(@"(/a)?", "")]
    [InlineData(@"/a.*", "/a")]
    public void The_literal_beginning_says_where_a_regex_lies(string pattern, string prefix) =>
        Assert.Equal(prefix, PathPattern.TryCreate(pattern, anchored: true, ignoreCase: false, out _)!.LiteralPrefix);

    [Theory]
    [InlineData("/(a+)+$")]
    [InlineData(@"/(a|a)*\1?$")]
    public void A_catastrophic_regex_ends_soon(string pattern)
    {
        var compiled = PathPattern.TryCreate(pattern, anchored: true, ignoreCase: false, out _)!;
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.Equal(-1, compiled.Match("/" + new string('a', 40) + "!"));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
