using System.Diagnostics;
using Hybrid.PulumiOffline.Tests.Generator;

namespace Hybrid.PulumiOffline.Tests.Build;

/// <summary>Real restores of a project beside copies of the build's own files; only the probe's answer is staged.</summary>
public sealed class PulumiModeTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("pulumi-mode-");

    public PulumiModeTests()
    {
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            File.Copy(Repository.PathOf(file), Path.Combine(_root.FullName, file));
        }

        var build = _root.CreateSubdirectory("build");
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("build")))
        {
            File.Copy(file, Path.Combine(build.FullName, Path.GetFileName(file)));
        }

        // The mode as the project sees it in each of the two phases; nothing here needs a package.
        File.WriteAllText(
            Path.Combine(_root.CreateSubdirectory("app").FullName, "app.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><UseProjectAnalyzers>false</UseProjectAnalyzers><RestorePackagesWithLockFile>false</RestorePackagesWithLockFile></PropertyGroup>
              <Target Name="SayMode" AfterTargets="Build"><Message Importance="high" Text="mode in build: $(PulumiMode)" /></Target>
            </Project>
            """);
    }

    private string Recorded => Path.Combine(_root.FullName, "artifacts", "pulumi-mode");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("true", "official", "Pulumi packages: official.")]
    [InlineData("false", "offline", "Pulumi packages: the offline subset")]
    public async Task The_probe_s_answer_is_recorded_said_and_used_in_the_same_build(string probe, string mode, string line)
    {
        var (exitCode, output) = await BuildAsync($"-p:PulumiProbeHost={probe}");

        Assert.Equal(0, exitCode);
        Assert.Equal(mode, (await File.ReadAllTextAsync(Recorded, TestContext.Current.CancellationToken)).Trim());
        Assert.Contains(line, output, StringComparison.Ordinal);
        Assert.Contains($"mode in build: {mode}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recorded_answer_is_not_asked_for_again()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Recorded)!);
        await File.WriteAllTextAsync(Recorded, "offline\n", TestContext.Current.CancellationToken);

        var (exitCode, output) = await BuildAsync("-p:PulumiProbeHost=true");

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("Pulumi packages:", output, StringComparison.Ordinal);
        Assert.Contains("mode in build: offline", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_given_mode_wins_and_is_not_recorded()
    {
        var (exitCode, output) = await BuildAsync("-p:PulumiProbeHost=true", "-p:PulumiMode=offline");

        Assert.Equal(0, exitCode);
        Assert.False(File.Exists(Recorded));
        Assert.Contains("mode in build: offline", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_mode_is_an_error_that_says_what_is_allowed()
    {
        var (exitCode, output) = await BuildAsync("-p:PulumiMode=online");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("PulumiMode: 'online' is not a mode; allowed: official, offline.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_recorded_mode_is_an_error_that_says_where_it_stands()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Recorded)!);
        await File.WriteAllTextAsync(Recorded, "online", TestContext.Current.CancellationToken);

        var (exitCode, output) = await BuildAsync();

        Assert.NotEqual(0, exitCode);
        Assert.Contains("It comes from artifacts/pulumi-mode.", output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> BuildAsync(params string[] properties)
    {
        var start = new ProcessStartInfo("dotnet", ["build", "app", "-nologo", "-nodeReuse:false", "-tl:off", .. properties])
        {
            WorkingDirectory = _root.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the test run was given must not decide for the build under test.
        start.Environment.Remove("PulumiMode");
        start.Environment.Remove("CI");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
