using System.Text.Json.Nodes;
using Hybrid.Testing;

namespace EndToEnd.Tests;

/// <summary><c>./hybrid preview ENV --diff REF</c>, as a pipeline calls it.</summary>
public sealed class PreviewDiffTests
{
    [Fact]
    public async Task A_difference_to_a_commit_is_shown_and_leaves_nothing_behind()
    {
        var diff = await HybridScript.RunAsync("preview", "dev", "--diff", "HEAD", "--json");

        Assert.True(diff.ExitCode is 0, diff.Error);
        var json = JsonNode.Parse(diff.Output)!;
        Assert.Equal((1, "dev", "HEAD"), ((int)json["version"]!, (string)json["environment"]!, (string)json["from"]!));
        Assert.NotNull(json["stacks"]!.AsArray());
        var worktrees = await RunningProcess.RunAsync("git", ["-C", Repository.Root, "worktree", "list"]);
        Assert.DoesNotContain("hybrid-diff-", worktrees.Output, StringComparison.Ordinal);

        // The other side is kept: what is told again is the same, in another form.
        var markdown = await HybridScript.RunAsync("preview", "dev", "--diff", "HEAD", "--markdown");
        Assert.True(markdown.ExitCode is 0, markdown.Error);
        Assert.StartsWith("### `dev`", markdown.Output, StringComparison.Ordinal);
        Assert.Contains("<details><summary>Policy: every rule holds</summary>", markdown.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hybrid: --diff nowhere: not a commit of this clone; allowed: a branch, a tag or a commit that was fetched", "--diff", "nowhere")]
    [InlineData("hybrid: --markdown: only with --diff", "--markdown")]
    [InlineData("hybrid: --exit-code: only with --diff", "--exit-code")]
    [InlineData("hybrid: --markdown: not with --json; allowed: one of them", "--diff", "HEAD", "--json", "--markdown")]
    public async Task A_wrong_option_is_one_line_and_exit_code_1(string expected, params string[] options)
    {
        var preview = await HybridScript.RunAsync(["preview", "dev", .. options]);

        Assert.Equal(1, preview.ExitCode);
        Assert.Equal("", preview.Output);
        Assert.Equal(expected, preview.Error.TrimEnd());
    }
}
