using Hybrid.Stacks.Preview;
using Hybrid.Stacks.Preview.Comparison;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Preview.Comparison;

/// <summary>The other side of a comparison, from repositories of a test's own; the real one is previewed by the end-to-end tests.</summary>
public sealed class OtherRevisionTests : IDisposable
{
    private readonly TemporaryFolder _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task An_unknown_reference_is_told()
    {
        await CommitAsync();
        var problem = await Assert.ThrowsAsync<PreviewException>(() => Revision().ResolveAsync("nowhere", TestContext.Current.CancellationToken));
        Assert.Equal("--diff nowhere: not a commit of this clone; allowed: a branch, a tag or a commit that was fetched", problem.Message);
    }

    [Theory]
    [InlineData("--upload-pack=touch")]
    [InlineData("-v")]
    public async Task A_reference_is_never_an_option_of_git(string reference)
    {
        await CommitAsync();
        await Assert.ThrowsAsync<PreviewException>(() => Revision().ResolveAsync(reference, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_that_is_no_clone_is_told_in_one_line()
    {
        var problem = await Assert.ThrowsAsync<PreviewException>(() => Revision().ResolveAsync("HEAD", TestContext.Current.CancellationToken));
        Assert.StartsWith("--diff HEAD: ", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public async Task A_commit_without_stacks_is_told_and_its_checkout_removed()
    {
        var commit = await CommitAsync();
        var problem = await Assert.ThrowsAsync<PreviewException>(() => Revision().PreviewAsync("HEAD", commit, "dev", TestContext.Current.CancellationToken));
        Assert.Equal($"HEAD ({commit[..7]}): it has no stacks/Stacks.csproj, so there is nothing to compare with", problem.Message);
        Assert.Single((await GitAsync("worktree", "list")).TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task What_was_kept_of_an_older_format_is_refused()
    {
        var commit = await CommitAsync();
        var folder = Directory.CreateDirectory(_repository.PathOf(Path.Combine("artifacts", "previews", commit)));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "dev.json"), """{"environment": "dev", "stacks": []}""", TestContext.Current.CancellationToken);

        var problem = await Assert.ThrowsAsync<PreviewException>(() => Revision().PreviewAsync("v1", commit, "dev", TestContext.Current.CancellationToken));
        Assert.Equal($"v1 ({commit[..7]}): its preview has an older format, which cannot be compared; allowed: commits whose preview has the format 1", problem.Message);
    }

    private OtherRevision Revision() => new(_repository.FullName);

    private async Task<string> CommitAsync()
    {
        await GitAsync("init", "--quiet");
        await File.WriteAllTextAsync(_repository.PathOf("README"), "");
        await GitAsync("add", "README");
        await GitAsync("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "First");
        return (await GitAsync("rev-parse", "HEAD")).Trim();
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        var run = await RunningProcess.RunAsync("git", ["-C", _repository.FullName, .. arguments]);
        Assert.True(run.ExitCode is 0, run.Error);
        return run.Output;
    }
}
