using Hybrid.Testing;

namespace Architecture.Tests;

/// <summary>What can be said of the image without building it; the workflow builds it and runs it on a read-only file system.</summary>
public sealed class ContainerImageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf("gateway", "Dockerfile"));

    [Fact]
    public void The_final_stage_has_no_shell_and_runs_nothing_while_it_is_built()
    {
        var final = Final();

        Assert.Contains("-chiseled", final[0], StringComparison.Ordinal);
        Assert.DoesNotContain(final, line => line.StartsWith("RUN ", StringComparison.Ordinal));
        Assert.Contains(final, line => line.StartsWith("ENTRYPOINT [", StringComparison.Ordinal));
    }

    [Fact]
    public void It_runs_as_a_numbered_user_that_is_not_root()
    {
        var user = Assert.Single(Final(), line => line.StartsWith("USER ", StringComparison.Ordinal));

        Assert.Equal("USER 1654:1654", user);
    }

    [Fact]
    public void Every_project_of_the_executable_is_copied_before_it_is_restored()
    {
        var restore = Array.FindIndex(Lines, line => line.Contains("dotnet restore", StringComparison.Ordinal));
        foreach (var folder in Directory.GetDirectories(Repository.PathOf("gateway"), "Gateway*"))
        {
            var copy = $"COPY gateway/{Path.GetFileName(folder)}/*.csproj gateway/{Path.GetFileName(folder)}/packages.lock.json";
            var at = Array.FindIndex(Lines, line => line.StartsWith(copy, StringComparison.Ordinal));
            Assert.InRange(at, 0, restore);
        }
    }

    private static List<string> Final() => [.. Lines.Skip(Array.FindLastIndex(Lines, line => line.StartsWith("FROM ", StringComparison.Ordinal)))];
}
